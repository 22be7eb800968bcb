import { SURVEYS, type Survey, scoresOf } from '../emails/survey.js';
import type { CustomerPage } from './customer-page.js';
import { html } from './markup.js';

/**
 * Programs that look through mail open every link, so opening one answers nothing. A person's browser runs this and sends the
 * score at once; the comment, and everything without scripts, goes with the button.
 */
const SEND_AT_ONCE = `
const form = document.forms[0];
const state = document.getElementById('state');
if (form.querySelector('input[name=score]:checked') && document.visibilityState !== 'prerender') {
  const body = new URLSearchParams(new FormData(form));
  body.delete('comment');
  fetch(location.href, { method: 'POST', body, keepalive: true }).then((answer) => {
    if (!answer.ok) return;
    state.textContent = 'Your answer has arrived. Thank you!';
    document.getElementById('send').textContent = 'Send the comment';
  });
}
`;

export type SurveyShown = {
  readonly sender: string;
  readonly survey: Survey;
  /** Chosen by the link; null = none. */
  readonly score: number | null;
};

export function surveyPage({ sender, survey, score }: SurveyShown): CustomerPage {
  const { question, low, high } = SURVEYS[survey];
  const scores = scoresOf(survey);
  return {
    title: question,
    sender,
    script: SEND_AT_ONCE,
    body: html`<section class="card"><h1>${question}</h1>
<p class="note" role="status" id="state">Press “Send” to give your answer.</p>
<form method="post">
<fieldset><legend>Your answer</legend><div class="scale">${scores.map(
      (each) =>
        html`<label><input type="radio" name="score" value="${each}" required${
          each === score ? html` checked` : null
        }><span>${each}</span></label>`,
    )}</div><div class="ends"><small>${low}</small><small>${high}</small></div></fieldset>
<label for="comment">Anything you want to add? <span class="quiet">(optional)</span></label>
<textarea id="comment" name="comment" maxlength="2000"></textarea>
<button id="send">Send</button>
</form></section>`,
  };
}

export function thanksPage(sender: string): CustomerPage {
  return {
    title: 'Thank you',
    sender,
    body: html`<section class="card"><h1>Thank you</h1><p>Your answer has arrived.</p></section>`,
  };
}
