import { pushSubscriptionSchema } from '@segue/integrations';
import type { SegueEvent } from '@segue/models';
import { OWN_EVENTS } from './own-events.js';
import type { DeviceEntry, Profile } from './profile.js';
import { textIn } from './text-in.js';

/** More apps and browsers than this nobody uses; the oldest are forgotten. */
export const DEVICES_KEPT = 20;

/** Segment's mobile libraries put it into every event's `context.device`. */
function appOf(event: SegueEvent): DeviceEntry | null {
  const { device: told } = event.context;
  if (typeof told !== 'object' || told === null || Array.isArray(told)) return null;
  const device: Readonly<Record<string, unknown>> = { ...told };
  const address = textIn(device, 'token');
  if (address === undefined || address.length > 4_096) return null;
  const platform = textIn(device, 'type')?.toLowerCase();
  return {
    kind: 'app',
    address,
    ...(platform === undefined ? {} : { platform }),
    at: event.timestamp,
    goneAt: null,
  };
}

function browserOf({ name, properties, timestamp }: SegueEvent): DeviceEntry | null {
  if (name !== OWN_EVENTS.pushSubscribed) return null;
  const parsed = pushSubscriptionSchema.safeParse(properties['subscription']);
  if (!parsed.success) return null;
  const { endpoint: address, keys } = parsed.data;
  return { kind: 'browser', address, keys, at: timestamp, goneAt: null };
}

function withDevice(known: readonly DeviceEntry[], said: DeviceEntry): readonly DeviceEntry[] {
  const before = known.find(({ address }) => address === said.address);
  if (before !== undefined && before.at.getTime() > said.at.getTime()) return known;
  // Seen again after it was given up: it is back.
  const others = known.filter((entry) => entry !== before);
  const goneAt = before?.goneAt ?? null;
  const after = goneAt !== null && goneAt.getTime() >= said.at.getTime() ? { ...said, goneAt } : said;
  return [...others, after].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, DEVICES_KEPT);
}

/** The customer's apps and browsers after an event; `{}` where it says nothing of them. */
export function devicesAfter(profile: Profile, event: SegueEvent): Pick<Profile, 'devices'> {
  const known = profile.devices ?? [];
  if (event.type === 'track' && event.name === OWN_EVENTS.deviceGone) {
    const gone = textIn(event.properties, 'address');
    const devices = known.map((entry) =>
      entry.address === gone && entry.at.getTime() <= event.timestamp.getTime()
        ? { ...entry, goneAt: event.timestamp }
        : entry,
    );
    return known.length === 0 ? {} : { devices };
  }
  const seen = event.type === 'track' ? (browserOf(event) ?? appOf(event)) : appOf(event);
  return seen === null ? {} : { devices: withDevice(known, seen) };
}

/** The one a message goes to: the app or browser the customer was seen with last. */
export function latestDevice(
  { devices = [] }: Pick<Profile, 'devices'>,
  kind: DeviceEntry['kind'],
): DeviceEntry | null {
  return devices.find((entry) => entry.kind === kind && entry.goneAt === null) ?? null;
}
