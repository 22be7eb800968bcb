/** A room of the staff, by the address of its incoming webhook, which is a secret. */
export type StaffChannelOptions = {
  readonly webhookUrl: string | null;
  readonly timeoutMs?: number;
};
