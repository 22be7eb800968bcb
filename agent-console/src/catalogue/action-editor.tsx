'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../design/button';
import { Notice } from '../design/notice';
import { Segmented } from '../design/segmented';
import { engineFailure, failureText } from '../engine/engine-failure';
import { FormProvider } from '../form/form-context';
import { OvertakenNotice } from '../form/overtaken-notice';
import { isPlain } from '../form/path';
import { problemsUnder } from '../form/problems';
import { useKept } from '../form/use-kept';
import { useUnsaved } from '../form/use-unsaved';
import { YamlField } from '../form/yaml-field';
import { useMay } from '../session/use-may';
import { ActionForm } from './action-form';
import { idFromName } from './actions';
import styles from './catalogue.module.css';
import { type Catalogue, type Content, useDraftCheck, useProblems, useSaveContent } from './use-catalogue';
import { useChangedBy } from './use-changed-by';

type Loose = Readonly<Record<string, unknown>>;
type Props = {
  catalogue: Catalogue;
  /** Where the action stands; null for a new one. */
  index: number | null;
  action: Loose;
};

const VIEWS = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
] as const;

/** Edits one action, in a form or as YAML, and saves it into a draft. */
export function ActionEditor({ catalogue, index, action }: Props): React.ReactNode {
  const { content, draft } = catalogue;
  const actionId = String(action['actionId']);
  const kept = useKept<unknown>({
    name: `action ${draft?.draftId ?? ''} ${index === null ? '' : actionId}`,
    from: action,
  });
  const { value: edited, set: setEdited, forget } = kept;
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('form');
  const router = useRouter();
  const save = useSaveContent(catalogue);
  const problems = useProblems(useDraftCheck(draft?.draftId ?? null).data);
  const readOnly = !useMay('catalogue:write');
  const changed = JSON.stringify(edited) !== JSON.stringify(action);
  useUnsaved(changed && !save.isPending);
  const overtaken = save.isPending ? null : kept.overtaken;
  const publisher = useChangedBy(
    overtaken === null || draft !== null ? null : `action ${actionId}`,
    ({ actions }) =>
      actions.changed.some((each) => each.actionId === actionId) || actions.added.includes(actionId),
  );
  const place = index ?? content.actions.length;
  const wrong = changed ? [] : problemsUnder(problems, ['actions', place]);
  const store = (actions: Content['actions'], after: (draftId: string) => void): void =>
    save.mutate(
      { ...content, actions },
      {
        onSuccess: ({ draftId }) => {
          forget();
          after(draftId);
        },
      },
    );
  const keep = (): void => {
    const whole = withId(edited, content.actions, index);
    const actions = index === null ? [...content.actions, whole] : content.actions.with(index, whole);
    store(actions, (draftId) => {
      if (whole['actionId'] !== action['actionId'])
        router.replace(
          `/catalogue/actions/${encodeURIComponent(String(whole['actionId']))}?draft=${draftId}`,
        );
    });
  };
  const remove = (): void =>
    store(
      content.actions.filter((_, at) => at !== index),
      (draftId) => router.replace(`/catalogue?draft=${draftId}`),
    );
  return (
    <FormProvider
      value={edited}
      onChange={setEdited}
      root={['actions', place]}
      problems={changed ? [] : problems}
      readOnly={readOnly}
    >
      <div className={styles.stack}>
        <div>
          <Segmented label="How to edit" value={view} options={VIEWS} onChange={setView} />
        </div>
        <OvertakenNotice overtaken={overtaken} by={draft === null ? publisher : draft.authorName} />
        {wrong.length === 0 ? null : (
          <Notice meaning="act" announce>
            {wrong.length === 1 ? 'One thing is' : `${wrong.length} things are`} not right yet: {wrong[0]}
          </Notice>
        )}
        {view === 'form' ? <ActionForm /> : <YamlField path={[]} label="The action as YAML" rows={32} />}
        {readOnly || index === null ? null : (
          <div className={styles.remove}>
            <Button look="quiet" disabled={save.isPending} onClick={remove}>
              Remove from the {draft === null ? 'next draft' : 'draft'}
            </Button>
          </div>
        )}
      </div>
      {readOnly ? null : (
        <div className={styles.foot} data-idle={(!changed && !save.isError) || undefined}>
          <span className={styles.quiet} role="status">
            {save.isError
              ? failureText(engineFailure(save.error))
              : changed
                ? 'Not saved yet.'
                : draft === null
                  ? 'A change goes into a draft first; nothing is in force until it is published.'
                  : 'Saved in the draft.'}
          </span>
          {changed ? (
            <Button look="quiet" disabled={save.isPending} onClick={() => setEdited(action)}>
              Discard changes
            </Button>
          ) : null}
          <Button look="primary" disabled={!changed || save.isPending} onClick={keep}>
            {draft === null ? 'Save as a draft' : 'Save in the draft'}
          </Button>
        </div>
      )}
    </FormProvider>
  );
}

/** What was edited as an object, with an id made of its name where it has none. */
function withId(edited: unknown, actions: Content['actions'], index: number | null): Loose {
  const action: Loose = isPlain(edited) ? edited : {};
  const { actionId, name } = action;
  if (typeof actionId === 'string' && actionId !== '') return action;
  const taken = actions.filter((_, at) => at !== index).map((each) => String(each['actionId']));
  return { actionId: idFromName(typeof name === 'string' ? name : '', taken), ...action };
}
