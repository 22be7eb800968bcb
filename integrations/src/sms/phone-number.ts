/** Whether `text` is a number in E.164, `+4915112345678`: the form that SMS providers take. */
export function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
