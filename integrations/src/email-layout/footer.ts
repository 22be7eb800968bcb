/** Who writes and how to stop it, at the end of every e-mail: of layouts that don't say it themselves too. */
export const FOOTER = `<mj-section padding="16px 0 28px"><mj-column>
    <mj-text css-class="quiet" font-size="13px" line-height="20px" color="#5c6370" padding="0 28px">{% if links.unsubscribe != "" %}<a style="color:#5c6370" href="{{ links.unsubscribe }}">Unsubscribe</a> · {% endif %}<a style="color:#5c6370" href="{{ links.preferences }}">What you get from us</a>{% if sender.postalAddress != "" %}<br>{% if sender.name != "" %}{{ sender.name }}, {% endif %}{{ sender.postalAddress }}{% endif %}</mj-text>
  </mj-column></mj-section>`;

/** A layout with the footer before its end, unless it has a link to unsubscribe of its own. */
export function withFooter(mjml: string): string {
  return mjml.includes('links.unsubscribe')
    ? mjml
    : mjml.replace(/<\/mj-body>(?![\s\S]*<\/mj-body>)/i, `${FOOTER}</mj-body>`);
}
