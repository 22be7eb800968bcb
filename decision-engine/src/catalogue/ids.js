import { z } from 'zod';

/** Ids are lower-case words joined by `-`, `_`, `.` or `:`, as they appear in YAML files, URLs and reports. */
const ID_PATTERN = /^[a-z0-9]+(?:[-_.:][a-z0-9]+)*$/;
function idText(maximumLength = 80) {
  return z
    .string()
    .min(1)
    .max(maximumLength)
    .regex(ID_PATTERN, 'lower-case letters and digits joined by "-", "_", "." or ":"');
}
export const actionIdSchema = idText().brand();
export const treatmentIdSchema = idText().brand();
export const groupIdSchema = idText().brand();
export const issueIdSchema = idText().brand();
export const experimentIdSchema = idText().brand();
export const variantIdSchema = idText(40).brand();
/** A way to reach a customer: `agent`, `email`, `sms`, `web` … Which exist is settled by the policies. */
export const channelSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, 'a channel name such as "agent", "email", "sms", "web", "push"')
  .brand();
/** A place on a channel where actions are shown: `home-banner`, `agent-card`, `basket-drawer` … */
export const placementSchema = idText().brand();
