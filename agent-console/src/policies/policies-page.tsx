'use client';

import { useState } from 'react';
import styles from '../catalogue/catalogue.module.css';
import { DraftBar } from '../catalogue/draft-bar';
import {
  type Catalogue,
  useCatalogue,
  useDraftCheck,
  useDraftId,
  useProblems,
  useSaveContent,
} from '../catalogue/use-catalogue';
import { useChangedBy } from '../catalogue/use-changed-by';
import { Button } from '../design/button';
import { Failure } from '../design/failure';
import { Notice } from '../design/notice';
import { Segmented } from '../design/segmented';
import { Skeleton } from '../design/skeleton';
import { engineFailure, failureText } from '../engine/engine-failure';
import { FormProvider } from '../form/form-context';
import { OvertakenNotice } from '../form/overtaken-notice';
import { isPlain } from '../form/path';
import { problemsUnder } from '../form/problems';
import { useKept } from '../form/use-kept';
import { useUnsaved } from '../form/use-unsaved';
import { YamlField } from '../form/yaml-field';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import { PoliciesForm } from './policies-form';

const VIEWS = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
] as const;
const ROOT = ['policies'] as const;

/** What governs decisions besides the actions: caps, cooldowns, quiet hours, ranking, exploration. */
export function PoliciesPage(): React.ReactNode {
  const draftId = useDraftId();
  const catalogue = useCatalogue(draftId);
  return (
    <main className={page.page} aria-busy={catalogue.data === undefined && !catalogue.isError}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Policies</h1>
          <p className={page.lead}>How often, when, and by what the best action is chosen.</p>
        </header>
        {catalogue.data !== undefined ? (
          <Policies key={draftId} catalogue={catalogue.data} />
        ) : catalogue.isError ? (
          <Failure error={catalogue.error} what="The policies" onRetry={catalogue.retry} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 12 }}>
            <Skeleton height={44} radius={8} />
            <Skeleton height={360} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

function Policies({ catalogue }: { catalogue: Catalogue }): React.ReactNode {
  const { content, draft } = catalogue;
  const kept = useKept<unknown>({ name: `policies ${draft?.draftId ?? ''}`, from: content.policies });
  const { value: edited, set: setEdited, forget } = kept;
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('form');
  const save = useSaveContent(catalogue);
  const check = useDraftCheck(draft?.draftId ?? null);
  const problems = useProblems(check.data);
  const readOnly = !useMay('catalogue:write');
  const changed = JSON.stringify(edited) !== JSON.stringify(content.policies);
  useUnsaved(changed && !save.isPending);
  const overtaken = save.isPending ? null : kept.overtaken;
  const publisher = useChangedBy(
    overtaken === null || draft !== null ? null : 'policies',
    ({ policies }) => policies.length > 0,
  );
  const wrong = changed ? [] : problemsUnder(problems, ROOT);
  return (
    <>
      <DraftBar catalogue={catalogue} />
      <FormProvider
        value={edited}
        onChange={setEdited}
        root={ROOT}
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
          {check.data?.warnings.map((warning) => (
            <Notice key={warning} meaning="watch">
              {warning}
            </Notice>
          ))}
          {view === 'form' ? (
            <PoliciesForm content={content} />
          ) : (
            <YamlField path={[]} label="The policies as YAML" rows={36} />
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
              <Button look="quiet" disabled={save.isPending} onClick={() => setEdited(content.policies)}>
                Discard changes
              </Button>
            ) : null}
            <Button
              look="primary"
              disabled={!changed || save.isPending}
              onClick={() =>
                save.mutate({ ...content, policies: isPlain(edited) ? edited : {} }, { onSuccess: forget })
              }
            >
              {draft === null ? 'Save as a draft' : 'Save in the draft'}
            </Button>
          </div>
        )}
      </FormProvider>
    </>
  );
}
