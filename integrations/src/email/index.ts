export {
  type BounceReport,
  type ComplaintReport,
  isAddressGone,
  type ReadBounce,
  readBounce,
} from './bounce-message.js';
export { isEmailAddress } from './email-address.js';
export { createEmailChannel, EMAIL_DEFINITION, type EmailChannelOptions } from './email-channel.js';
export { emailReceiptOf } from './email-receipt.js';
export { parseSender, type Sender } from './sender.js';
