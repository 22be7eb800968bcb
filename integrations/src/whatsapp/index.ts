export {
  type InboundWhatsApp,
  readWhatsAppCall,
  type WhatsAppCall,
  type WhatsAppPreference,
} from './read-call.js';
export { isWhatsAppCall, whatsAppChallenge } from './signature.js';
export {
  createWhatsAppChannel,
  WHATSAPP_DEFINITION,
  WHATSAPP_WINDOW_MS,
  type WhatsAppChannelOptions,
} from './whatsapp-channel.js';
