import { FOOTER } from './footer.js';

/** The default layout of e-mails, in MJML with Liquid: sender, heading, image, text, button, survey scale, footer. */
export const DEFAULT_LAYOUT = `<mjml lang="en">
<mj-head>
  <mj-title>{{ message.subject }}</mj-title>
  <mj-preview>{{ message.preview }}</mj-preview>
  <mj-attributes>
    <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
    <mj-text font-size="16px" line-height="25px" color="#24272d" padding="0 28px" />
    <mj-section padding="0" />
  </mj-attributes>
  <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
  <mj-style>
    p { margin: 0 0 16px; }
    .text a { color: #1f5fbf; }
    .answer { display: inline-block; min-width: 20px; margin: 0 2px 8px 0; padding: 9px 9px; border: 1px solid #8b919c;
      border-radius: 8px; color: #24272d !important; text-align: center; text-decoration: none; }
    @media (prefers-color-scheme: dark) {
      .paper, .paper > div { background: #16181c !important; }
      .card, .card > table, .card td { background: #1f2227 !important; background-color: #1f2227 !important; }
      .text div, .text p, .answer { color: #eceef2 !important; }
      .text a { color: #8ab4ff !important; }
      .text a.answer { color: #eceef2 !important; border-color: #6b7280 !important; }
      .card .button td, .card .button a { background: #8ab4ff !important; color: #10141b !important; }
      .quiet div, .quiet p, .quiet a { color: #a6adba !important; }
    }
  </mj-style>
</mj-head>
<mj-body width="600px" background-color="#f4f3f0" css-class="paper">
  <mj-section padding="24px 0 10px"><mj-column>
    <mj-raw>{% if sender.name != "" %}</mj-raw>
    <mj-text css-class="quiet" font-size="14px" line-height="20px" color="#5c6370">{{ sender.name }}</mj-text>
    <mj-raw>{% endif %}</mj-raw>
  </mj-column></mj-section>
  <mj-section css-class="card" background-color="#ffffff" border-radius="12px" padding="28px 0 14px"><mj-column>
    <mj-raw>{% if message.image != "" %}</mj-raw>
    <mj-image src="{{ message.image }}" alt="{{ message.imageAlt }}" padding="0 28px 20px" border-radius="8px" />
    <mj-raw>{% endif %}</mj-raw>
    <mj-raw>{% if message.heading != "" %}</mj-raw>
    <mj-text css-class="text" font-size="22px" line-height="29px" font-weight="600" padding="0 28px 14px">{{ message.heading }}</mj-text>
    <mj-raw>{% endif %}</mj-raw>
    <mj-text css-class="text">{% for paragraph in message.paragraphs %}<p>{% for part in paragraph %}{% case part.kind %}{% when "link" %}<a href="{{ part.text }}">{{ part.text }}</a>{% when "break" %}<br>{% else %}{{ part.text }}{% endcase %}{% endfor %}</p>{% endfor %}</mj-text>
    <mj-raw>{% if message.link != "" %}</mj-raw>
    <mj-button css-class="button" href="{{ message.link }}" align="left" background-color="#1f5fbf" color="#ffffff" border-radius="8px" font-size="16px" font-weight="600" inner-padding="13px 22px" padding="4px 28px 20px">{{ message.button }}</mj-button>
    <mj-raw>{% endif %}</mj-raw>
    <mj-raw>{% if survey.answers.size > 0 %}</mj-raw>
    <mj-text css-class="text" padding="0 28px 12px">{% for answer in survey.answers %}<a class="answer" href="{{ answer.url }}">{{ answer.score }}</a> {% endfor %}<br><span style="font-size:14px">{{ survey.answers.first.score }}: {{ survey.low }} · {{ survey.answers.last.score }}: {{ survey.high }}</span></mj-text>
    <mj-raw>{% endif %}</mj-raw>
  </mj-column></mj-section>
  ${FOOTER}
</mj-body>
</mjml>`;
