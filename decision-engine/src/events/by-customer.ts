/** Puts events together that come from the store in the order of their customers. Memory holds those of one. */
export async function* byCustomer<Event extends { readonly customerId: string }>(
  ordered: AsyncIterable<Event>,
): AsyncGenerator<{ readonly customerId: string; readonly events: readonly Event[] }> {
  let customerId: string | null = null;
  let events: Event[] = [];
  for await (const event of ordered) {
    if (event.customerId !== customerId) {
      if (customerId !== null) yield { customerId, events };
      customerId = event.customerId;
      events = [];
    }
    events.push(event);
  }
  if (customerId !== null) yield { customerId, events };
}
