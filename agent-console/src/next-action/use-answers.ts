'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import type { DecideAnswer, RankedAction } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useLiveEvent } from '../live/use-live';
import { type Answer, answerKey, answerOf, type GivenAnswer } from './answers';

type Target = { decisionId: string; action: RankedAction };

export type Answers = {
  given: readonly GivenAnswer[];
  /** Sends an answer at once; nothing is held back, so a closed tab loses nothing. */
  give: (target: Target, answer: Answer) => Promise<'kept' | 'failed'>;
  retry: (key: string) => void;
};

/** The answers given for a customer since the page was opened, here and in any other window. */
export function useAnswers(customerId: string, decision: DecideAnswer | undefined): Answers {
  const { client, noticeFailure } = useEngine();
  const queryClient = useQueryClient();
  const [given, setGiven] = useState<readonly GivenAnswer[]>([]);

  const update = useCallback((key: string, change: Partial<GivenAnswer>) => {
    setGiven((before) => before.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }, []);

  const send = useCallback(
    async (entry: GivenAnswer): Promise<'kept' | 'failed'> => {
      update(entry.key, { state: 'sending', problem: null });
      try {
        const { decisionId, actionId } = entry;
        await client.decision.feedback.mutate({ decisionId, actionId, ...entry.answer });
        // The next decision may have come first: then nobody on the page listens for this one's record any more.
        void queryClient.invalidateQueries({ queryKey: queryKeys.record(decisionId) });
        update(entry.key, { state: 'kept' });
        return 'kept';
      } catch (error) {
        noticeFailure(error);
        update(entry.key, { state: 'failed', problem: failureText(engineFailure(error)) });
        return 'failed';
      }
    },
    [client, noticeFailure, queryClient, update],
  );

  const give = useCallback(
    async ({ decisionId, action }: Target, answer: Answer) => {
      const key = answerKey(decisionId, action.actionId);
      const entry: GivenAnswer = {
        key,
        decisionId,
        actionId: action.actionId,
        name: action.name,
        answer,
        by: null,
        at: new Date().toISOString(),
        state: 'sending',
        problem: null,
      };
      setGiven((before) => [entry, ...before.filter((other) => other.key !== key)]);
      return send(entry);
    },
    [send],
  );

  useLiveEvent('outcome:recorded', ({ customerId: whose, decisionId, outcome }) => {
    const answer = answerOf(outcome);
    if (whose !== customerId || answer === null) return;
    const key = answerKey(decisionId, outcome.actionId);
    const name = decision?.actions.find((action) => action.actionId === outcome.actionId)?.name;
    setGiven((before) => {
      if (before.some((entry) => entry.key === key)) return before;
      const { actionId, at } = outcome;
      const by = outcome.agent?.name ?? null;
      return [
        { key, decisionId, actionId, name: name ?? actionId, answer, by, at, state: 'kept', problem: null },
        ...before,
      ];
    });
  });

  const retry = useCallback(
    (key: string) => {
      const entry = given.find((candidate) => candidate.key === key);
      if (entry !== undefined) void send(entry);
    },
    [given, send],
  );
  return { given, give, retry };
}
