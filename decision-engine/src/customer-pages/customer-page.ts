import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html, type Markup } from './markup.js';
import { PAGE_STYLE } from './page-style.js';

export type CustomerPage = {
  readonly status?: number;
  readonly title: string;
  /** Who writes to the customer. */
  readonly sender: string;
  readonly body: Markup;
  /** A script of ours; nothing else runs. The page has to work without it. */
  readonly script?: string;
};

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const STYLE_SOURCE = sourceOf(PAGE_STYLE);

function policyFor({ script }: CustomerPage): string {
  return [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    ...(script === undefined ? [] : [`script-src ${sourceOf(script)}`, "connect-src 'self'"]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function documentOf({ title, sender, body, script }: CustomerPage): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}${sender === '' ? '' : ` · ${sender}`}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
${sender === '' ? null : html`<p class="from">${sender}</p>`}
${body}
</main>
${script === undefined ? null : html`<script>${{ markup: script }}</script>`}
</body>
</html>
`;
  return page.markup;
}

/** Answers with a page. What it shows is the customer's own, so it tells nobody where it was and is kept by nobody. */
export function answerPage(reply: FastifyReply, page: CustomerPage): FastifyReply {
  return reply
    .status(page.status ?? 200)
    .header('content-security-policy', policyFor(page))
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(documentOf(page));
}

export function brokenLinkPage(sender: string): CustomerPage {
  return {
    status: 404,
    title: "This link doesn't work",
    sender,
    body: html`<section class="card"><h1>This link doesn't work</h1>
<p>It may have been cut off on its way, or be too old. Please open it from the message again, or write to us.</p></section>`,
  };
}

export function goneCustomerPage(sender: string): CustomerPage {
  return {
    title: 'Nothing to change',
    sender,
    body: html`<section class="card"><h1>There is nothing left to change</h1>
<p>We have nothing stored about you any more, so you get no messages from us.</p></section>`,
  };
}
