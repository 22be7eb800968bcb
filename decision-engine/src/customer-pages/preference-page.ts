import type { CustomerPage } from './customer-page.js';
import { html, type Markup } from './markup.js';
import { type Preference, preferenceKey } from './preferences.js';
import { channelWord, maskedAddress, note, saidWords } from './words.js';

export type PreferencesShown = {
  readonly sender: string;
  readonly preferences: readonly Preference[];
  /** Where e-mails go; null where no address is known. */
  readonly address: string | null;
  /** Names this showing of the form: sent twice, it counts once. */
  readonly formId: string;
  readonly saved: 'changes' | 'stopped' | null;
};

const PURPOSES: Readonly<Record<Preference['purpose'], string>> = {
  marketing: 'Offers and news',
  service: 'About my orders and my account',
  profiling: 'Choose what I see by what I did before',
};

function choice(preference: Preference): Markup {
  const key = preferenceKey(preference);
  return html`<div class="choice"><input type="checkbox" id="${key}" name="want" value="${key}" aria-describedby="${key}.said"${
    preference.on ? html` checked` : null
  }><label for="${key}">${PURPOSES[preference.purpose]}</label><small id="${key}.said">${saidWords(preference)}</small></div>`;
}

function channelGroup(channel: string, { preferences, address }: PreferencesShown): Markup {
  const to = channel === 'email' && address !== null ? ` to ${maskedAddress(address)}` : '';
  return html`<fieldset><legend>${channelWord(channel)}${to}</legend>
${preferences.filter((preference) => preference.channel === channel).map(choice)}</fieldset>`;
}

/** What a customer gets and by which consent, to be changed on the spot. */
export function preferencePage(shown: PreferencesShown): CustomerPage {
  const { sender, preferences, formId, saved } = shown;
  const channels = [...new Set(preferences.map(({ channel }) => channel))].filter(
    (channel) => channel !== '*',
  );
  const messages =
    saved === 'changes'
      ? note('Saved. It holds at once.')
      : saved === 'stopped'
        ? note('Stopped. You get no more messages from us.')
        : null;
  return {
    title: 'What you get from us',
    sender,
    body: html`<section class="card"><h1>What you get from us</h1>
${messages}
<form method="post">
<input type="hidden" name="form" value="${formId}">
${preferences.filter(({ on }) => on).map((each) => html`<input type="hidden" name="shown" value="${preferenceKey(each)}">`)}
${channels.map((channel) => channelGroup(channel, shown))}
<fieldset><legend>Everywhere</legend>
${preferences.filter(({ channel }) => channel === '*').map(choice)}
<p class="quiet">Without it you get the same as everybody, and we don't follow which links of a message you open.</p></fieldset>
<p><button name="do" value="save">Save</button></p>
</form></section>
<section class="card"><h2>Nothing any more</h2>
<p>Stops every message from us, those about your orders too. What the law obliges us to tell you still comes.</p>
<form method="post"><input type="hidden" name="form" value="${formId}">
<p><button class="plain" name="do" value="stop">Stop everything</button></p></form></section>`,
  };
}
