'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { CustomerPicker, type Picked } from './customer-picker';
import { DryRunResult } from './dry-run-result';
import { readProperties } from './read-properties';
import styles from './try-journey.module.css';

type Props =
  | { journeyId: string; definition?: never }
  /** A text that isn't published. */
  | { journeyId?: never; definition: string };

/** Plays a journey for one customer from now on and tells what would be sent when. Nothing is sent. */
export function TryJourney(props: Props): React.ReactNode {
  const { client } = useEngine();
  const [customer, setCustomer] = useState<Picked | null>(null);
  const [facts, setFacts] = useState('');
  const properties = readProperties(facts);
  const { journeyId, definition } = props;
  const play = useMutation({
    mutationFn: ({ customerId }: Picked) =>
      client.journey.dryRun.mutate({
        ...(journeyId === undefined ? { definition } : { journeyId }),
        customer: { customerId },
        properties: properties.ok ? properties.properties : {},
      }),
  });
  return (
    <section className={styles.try} aria-label="Try it for one customer">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (customer !== null && properties.ok) play.mutate(customer);
        }}
      >
        <CustomerPicker picked={customer} onPick={setCustomer} />
        <Field
          label="What the event said (name=value, …)"
          placeholder="order_id=o-17, total=40"
          value={facts}
          aria-invalid={!properties.ok}
          onChange={(event) => setFacts(event.target.value)}
        />
        <Button type="submit" disabled={customer === null || !properties.ok || play.isPending}>
          {play.isPending ? 'Plays …' : 'Play from now on'}
        </Button>
      </form>
      {properties.ok ? null : <p className={styles.problem}>{properties.problem}</p>}
      {play.isError ? (
        <Notice meaning="act" announce>
          {failureText(engineFailure(play.error))}
        </Notice>
      ) : null}
      {play.data === undefined ? (
        <p className={styles.lead}>
          The customer is taken as they are now, and time runs ahead. Messages count against their limits;
          nothing is sent and nothing is kept.
        </p>
      ) : (
        <DryRunResult result={play.data} />
      )}
    </section>
  );
}
