import type { LinkPayload } from '../links/customer-links.js';
import type { CustomerPage } from './customer-page.js';
import { html } from './markup.js';
import { channelWord } from './words.js';

export type UnsubscribeShown = {
  readonly sender: string;
  readonly asked: Pick<LinkPayload<'unsubscribe'>, 'channel' | 'purpose'>;
  /** Where everything else can be set. */
  readonly preferencesUrl: string;
};

function whatStops({ channel, purpose }: UnsubscribeShown['asked']): string {
  const where = channelWord(channel).toLowerCase();
  return purpose === 'marketing'
    ? `offers and news by ${where}`
    : `messages about your orders and your account by ${where}`;
}

/** Asks before anything is done: programs follow links without anybody having read them. */
export function unsubscribeQuestion({ sender, asked, preferencesUrl }: UnsubscribeShown): CustomerPage {
  return {
    title: 'Unsubscribe',
    sender,
    body: html`<section class="card"><h1>Stop these messages?</h1>
<p>You will get no more ${whatStops(asked)}. It holds at once.</p>
<form method="post"><p><button name="confirm" value="yes">Unsubscribe</button></p></form>
<p><a href="${preferencesUrl}">Choose what you want to get instead</a></p></section>`,
  };
}

export function unsubscribedPage({ sender, asked, preferencesUrl }: UnsubscribeShown): CustomerPage {
  return {
    title: 'You are unsubscribed',
    sender,
    body: html`<section class="card"><h1>You are unsubscribed</h1>
<p class="note" role="status">From now on you get no ${whatStops(asked)}.</p>
<p><a href="${preferencesUrl}">See or change everything you get from us</a></p></section>`,
  };
}
