import { checkStripeCall, isShopifyCall, shopifyEventsOf, stripeEventsOf } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { headerOf, type InboundCall, jsonOf, requireSigned, takeRead } from './inbound-call.js';

/** Customers and orders of a Shopify shop. Shopify calls again what wasn't answered, for two days. */
export async function takeShopifyCall(call: InboundCall): Promise<FastifyReply> {
  const { request, rawBody, settings, running } = call;
  const secret = settings.shopifySecret;
  if (secret === null) throw new ApiError('channel_not_configured', 'Shopify: set SHOPIFY_WEBHOOK_SECRET');
  if (!isShopifyCall(rawBody, headerOf(request, 'x-shopify-hmac-sha256'), secret))
    throw new ApiError('wrong_signature', 'Expected a call signed with SHOPIFY_WEBHOOK_SECRET');
  const topic = headerOf(request, 'x-shopify-topic') ?? '';
  return takeRead(call, shopifyEventsOf(topic, jsonOf(rawBody), running.engine.clock()), 'Shopify');
}

/** Payments of Stripe. Stripe calls again what wasn't answered, for three days. */
export async function takeStripeCall(call: InboundCall): Promise<FastifyReply> {
  const { request, rawBody, settings, running } = call;
  const secret = settings.stripeSecret;
  if (secret === null) throw new ApiError('channel_not_configured', 'Stripe: set STRIPE_WEBHOOK_SECRET');
  const now = running.engine.clock();
  const check = checkStripeCall({ rawBody, signature: headerOf(request, 'stripe-signature') }, secret, now);
  requireSigned(check, 'STRIPE_WEBHOOK_SECRET');
  return takeRead(call, stripeEventsOf(jsonOf(rawBody), now), 'Stripe');
}
