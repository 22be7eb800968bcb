/** Where Zendesk finds the sidebar with signed addresses, and its script. */
export const ZENDESK_SIDEBAR = '/zendesk/sidebar';
export const ZENDESK_SCRIPT = '/zendesk/main.js';
