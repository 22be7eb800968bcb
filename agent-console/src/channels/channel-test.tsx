'use client';

import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Button } from '../design/button';
import { classNames } from '../design/class-names';
import { Field } from '../design/field';
import float from '../design/float.module.css';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { ChannelView } from '../engine/engine-types';
import { useKept } from '../form/use-kept';
import { useSession } from '../session/session-provider';
import styles from './channels-page.module.css';

/** What to type in, by what the channel reaches people by; null = nothing. */
const ASKED: Readonly<Record<ChannelView['addressKind'], string | null>> = {
  email: null,
  room: null,
  phone: 'Your phone number, with + and country',
  device: 'The device token of your app',
  browser: 'Your browser’s push subscription, as JSON',
  endpoint: 'The endpoint’s name',
};

/** Sends one message to oneself and says what came of it. */
export function ChannelTest({ channel: view }: { channel: ChannelView }): React.ReactNode {
  const { channel, name, addressKind } = view;
  const { client } = useEngine();
  const { session } = useSession();
  const kept = useKept({ name: `test of ${channel}`, from: view.endpoints[0]?.name ?? '' });
  const { value: to, set: setTo } = kept;
  const asked = ASKED[addressKind];
  const send = useMutation({ mutationFn: () => client.channel.test.mutate({ channel, to }) });
  const result = send.data;
  return (
    <Popover.Root onOpenChange={() => send.reset()}>
      <Popover.Trigger asChild>
        <Button look="quiet" size="small" className={styles.test}>
          <Send size={13} />
          Send a test
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={`Send a test by ${name}`}
          className={classNames(float.float, styles.panel)}
        >
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate();
            }}
          >
            {asked === null ? (
              <p>
                {addressKind === 'email'
                  ? `Goes to ${session.state === 'signed-in' ? session.agent.email : 'you'}.`
                  : `Goes to the room in ${name}.`}
              </p>
            ) : (
              <Field label={asked} value={to} required onChange={(event) => setTo(event.target.value)} />
            )}
            <Button look="primary" size="small" type="submit" disabled={send.isPending}>
              {send.isPending ? 'Sending…' : 'Send to me'}
            </Button>
          </form>
          {result === undefined ? null : (
            <Notice meaning={result.state === 'sent' ? 'good' : 'act'} announce>
              {result.state === 'sent'
                ? `${name} took it over for ${result.to}`
                : `Not sent: ${result.detail}`}
            </Notice>
          )}
          {send.isError ? (
            <Notice meaning="act" announce>
              {failureText(engineFailure(send.error))}
            </Notice>
          ) : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
