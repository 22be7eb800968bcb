'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { ChannelView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import styles from './channels-page.module.css';

/** A receiver of webhooks, and the way to switch it on again after it has answered that it wants no more. */
export function EndpointSwitch({
  endpoint,
}: {
  endpoint: ChannelView['endpoints'][number];
}): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const { name, off } = endpoint;
  const switchOn = useMutation({
    mutationFn: () => client.channel.switchEndpointOn.mutate({ endpoint: name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.channels }),
  });
  return (
    <div className={styles.endpoint}>
      <code>{name}</code>
      {off === null ? (
        <MeaningTag meaning="good">On</MeaningTag>
      ) : (
        <>
          <MeaningTag meaning="act">Off</MeaningTag>
          <span className={styles.why}>
            {switchOn.isError ? failureText(engineFailure(switchOn.error)) : off}
          </span>
          <Button size="small" disabled={switchOn.isPending} onClick={() => switchOn.mutate()}>
            Switch on again
          </Button>
        </>
      )}
    </div>
  );
}
