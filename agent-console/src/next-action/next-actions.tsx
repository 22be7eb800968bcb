'use client';

import { Coffee, RefreshCw } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Moment } from '../time/moment';
import { ActionCard } from './action-card';
import { AnswerLine } from './answer-line';
import { type Answer, answerKey, openActions } from './answers';
import { CardSkeleton } from './card-skeleton';
import { Considered } from './considered';
import styles from './next-actions.module.css';
import { SmallCard } from './small-card';
import { useAnswers } from './use-answers';
import { useDecision, useDecisionRecord } from './use-decision';
import { useNextDecision } from './use-next-decision';
import { useReportShown } from './use-report-shown';
import { useShownDecision } from './use-shown-decision';

type Props = { customerId: string; customerName: string; currency: string | null };

/** The column an agent's eyes rest on: what to do next for this customer, and why. */
export function NextActions({ customerId, customerName, currency }: Props): React.ReactNode {
  const newest = useDecision(customerId);
  const { decision, waiting, showNewest, holders } = useShownDecision(newest.data);
  const record = useDecisionRecord(decision?.decisionId ?? null);
  const answers = useAnswers(customerId, decision);
  const [chosen, setChosen] = useState<string | null>(null);

  const answered = useMemo(() => {
    const kept = record.data?.outcomes.filter((outcome) => ANSWERS.has(outcome.outcome)) ?? [];
    return new Set([
      // An answer that did not get through has not been given: the card stays, with what was typed.
      ...answers.given.filter((entry) => entry.state !== 'failed').map((entry) => entry.key),
      ...kept.map((outcome) => answerKey(record.data?.decisionId ?? '', outcome.actionId)),
    ]);
  }, [answers.given, record.data]);
  const open = decision === undefined ? [] : openActions(decision, answered);
  const large = open.find((action) => action.actionId === chosen) ?? open[0];
  const next = useNextDecision({ customerId, newest: newest.data?.decisionId, onNext: showNewest });
  const deciding = next.waiting || answers.given.some((entry) => entry.state === 'sending');
  useReportShown(decision?.decisionId ?? null, chosen);

  const give = useCallback(
    async (answer: Answer) => {
      if (decision === undefined || large === undefined) return;
      setChosen(null);
      const { decisionId } = decision;
      const result = await answers.give({ decisionId, action: large }, answer);
      // The agent has just acted here and expects the next suggestion: the hold is for what nobody asked for.
      if (result === 'kept') next.waitFor(decisionId);
    },
    [answers.give, decision, large, next],
  );

  return (
    <section aria-labelledby="next-action" className={styles.column} {...holders}>
      {/* Where this column has the screen to itself it says whose it is. */}
      <h1 className={styles.whose}>{customerName}</h1>
      <header className={styles.header}>
        <h2 id="next-action" className={styles.title}>
          Next best action
        </h2>
        {decision === undefined ? null : (
          <span className={styles.when}>
            decided <Moment at={decision.decidedAt} />
          </span>
        )}
      </header>
      <div className={styles.body}>
        {waiting && !deciding ? (
          <button type="button" className={styles.waiting} onClick={showNewest}>
            <RefreshCw size={13} />
            Something changed. Show the new suggestion
          </button>
        ) : null}
        <div aria-live="polite" className={styles.answers}>
          {answers.given.slice(0, 2).map((entry) => (
            <AnswerLine key={entry.key} entry={entry} onRetry={() => answers.retry(entry.key)} />
          ))}
        </div>
        {decision === undefined ? (
          newest.isError ? (
            <Failure error={newest.error} what="The next best action" onRetry={() => void newest.refetch()} />
          ) : (
            <CardSkeleton />
          )
        ) : deciding ? (
          <CardSkeleton />
        ) : large === undefined ? (
          <Empty icon={<Coffee size={20} strokeWidth={1.5} />} title="Nothing to do right now">
            {decision.none ??
              'Every suggestion was answered. A new one comes by itself when something changes.'}
          </Empty>
        ) : (
          <>
            <ActionCard
              key={large.actionId}
              action={large}
              decision={decision}
              currency={currency}
              best={Math.max(...decision.actions.map((action) => action.value))}
              onAnswer={(answer) => void give(answer)}
            />
            {open
              .filter((action) => action !== large)
              .slice(0, 2)
              .map((action) => (
                <SmallCard
                  key={action.actionId}
                  action={action}
                  onChoose={() => setChosen(action.actionId)}
                />
              ))}
          </>
        )}
        {decision === undefined ? null : <Considered record={record} decisionId={decision.decisionId} />}
      </div>
    </section>
  );
}

const ANSWERS: ReadonlySet<string> = new Set(['accepted', 'rejected', 'postponed']);
