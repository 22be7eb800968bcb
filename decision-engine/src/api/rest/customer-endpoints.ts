import { customerTimeline, findCustomers, getCustomer } from '../calls/customers.js';
import {
  customerQuery,
  customerSearch,
  customerView,
  foundCustomers,
  timelinePage,
  timelineRequest,
} from '../shapes/customer.js';
import { type Endpoint, endpoint } from './endpoint.js';

const reading = { method: 'GET', tag: 'customers', scope: 'customers:read' } as const;

export const customerEndpoints: readonly Endpoint[] = [
  endpoint({
    ...reading,
    path: '/v1/customers',
    operationId: 'findCustomers',
    summary: 'Find customers by the beginning of a name or an identity, 20 at most',
    input: customerSearch,
    answer: foundCustomers,
    errors: [],
    twin: 'customer.search',
    run: findCustomers,
  }),
  endpoint({
    ...reading,
    path: '/v1/customers/{customerId}',
    operationId: 'getCustomer',
    summary: 'Read a customer, scored now',
    input: customerQuery,
    answer: customerView,
    errors: ['unknown_customer'],
    twin: 'customer.get',
    run: getCustomer,
  }),
  endpoint({
    ...reading,
    path: '/v1/customers/{customerId}/timeline',
    operationId: 'getTimeline',
    summary: 'Read what happened to a customer, the newest first',
    input: timelineRequest,
    answer: timelinePage,
    errors: ['invalid_cursor'],
    twin: 'customer.timeline',
    run: customerTimeline,
  }),
];
