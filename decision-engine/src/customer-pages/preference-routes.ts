import type { FastifyReply } from 'fastify';
import { findCustomer } from '../customers/find-customer.js';
import { savePreferences } from './change-preferences.js';
import { answerPage, brokenLinkPage, goneCustomerPage } from './customer-page.js';
import { fieldsOf } from './form-body.js';
import { preferencePage } from './preference-page.js';
import { changesOf, preferencesOf, STOP_EVERYTHING } from './preferences.js';
import type { PageCall } from './serve-customer-pages.js';

const FORM_ID = /^[a-z0-9_]{1,64}$/;

export async function showPreferences({ running, token, request, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const { name } = engine.sender;
  const asked = await engine.links.read('preferences', token);
  if (asked === null) return answerPage(reply, brokenLinkPage(name));
  const document = await findCustomer(engine.store, asked);
  if (document === null) return answerPage(reply, goneCustomerPage(name));
  const address = await engine.store.identities.findOne({ customerId: document._id, kind: 'email' }).lean();
  const saved = new URL(request.url, 'http://page').searchParams.get('saved');
  return answerPage(
    reply,
    preferencePage({
      sender: name,
      preferences: preferencesOf(document, engine.rules()),
      address: address?.value ?? null,
      formId: engine.newId('frm'),
      saved: saved === 'changes' || saved === 'stopped' ? saved : null,
    }),
  );
}

export async function answerPreferences({ running, token, request, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const asked = await engine.links.read('preferences', token);
  if (asked === null) return answerPage(reply, brokenLinkPage(engine.sender.name));
  const document = await findCustomer(engine.store, asked);
  if (document === null) return answerPage(reply, goneCustomerPage(engine.sender.name));
  const fields = fieldsOf(request.body);
  const given = fields.get('form') ?? '';
  const formId = FORM_ID.test(given) ? given : engine.newId('frm');
  const stop = fields.get('do') === 'stop';
  const shown = new Set(fields.getAll('shown'));
  const wanted = new Set(fields.getAll('want'));
  const known = preferencesOf(document, engine.rules());
  const changes = stop ? STOP_EVERYTHING : changesOf(known, { shown, wanted });
  await savePreferences(engine, { customerId: document._id, formId }, changes);
  if (changes.length > 0) running.changed([document._id]);
  // The answer is a page of its own, so that loading it again sends nothing again.
  return reply.status(303).redirect(`?saved=${stop ? 'stopped' : 'changes'}`, 303);
}
