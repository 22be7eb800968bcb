/** A window that holds more than can be looked at in one go. */
export class WindowTooLarge extends Error {}
