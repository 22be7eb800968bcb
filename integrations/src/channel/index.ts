export {
  type Channel,
  type ChannelDefinition,
  type OutboundMessage,
  RetryableSendError,
  type SendResult,
} from './channel.js';
export { RECEIPT_STATUSES, type Receipt, type ReceiptStatus } from './receipt.js';
