'use client';

import { Check, Inbox, Mail } from 'lucide-react';
import { useState } from 'react';
import { chooseTheme } from '../shell/theme';
import { Avatar } from './avatar';
import { Button, IconButton } from './button';
import { Changed } from './changed';
import { ChoicePopover } from './choice-popover';
import styles from './design-page.module.css';
import { DesignSection } from './design-section';
import { Empty } from './empty';
import { Field } from './field';
import { Kbd } from './kbd';
import { MeaningMark, MeaningTag } from './meaning';
import { Meter } from './meter';
import { Modal } from './modal';
import { Notice } from './notice';
import { Segmented } from './segmented';
import { Skeleton } from './skeleton';
import { Swatches } from './swatches';
import { Tip } from './tip';

const VIEWS = [
  { value: 'all', label: 'All' },
  { value: 'some', label: 'Some' },
  { value: 'none', label: 'None' },
] as const;

const CHOICES = [
  { value: 'one', label: 'Not relevant here' },
  { value: 'two', label: 'Customer said no' },
  { value: 'three', label: 'In an hour', aside: '15:30' },
] as const;

/** Everything the console is made of, on one page, to look at in both themes. */
export function DesignPage(): React.ReactNode {
  const [view, setView] = useState<(typeof VIEWS)[number]['value']>('all');
  const [choosing, setChoosing] = useState(false);
  const [modal, setModal] = useState(false);
  const [count, setCount] = useState(12);
  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>What the console is made of</h1>
        <span className={styles.row}>
          <Button size="small" onClick={() => chooseTheme('light')}>
            Light
          </Button>
          <Button size="small" onClick={() => chooseTheme('dark')}>
            Dark
          </Button>
          <Button size="small" onClick={() => chooseTheme('system')}>
            As the system
          </Button>
        </span>
      </header>
      <Swatches />
      <DesignSection title="Type">
        <p style={{ fontSize: 'var(--text-24)', lineHeight: '32px', fontWeight: 600 }}>
          24 Numbers on dashboards
        </p>
        <p style={{ fontSize: 'var(--text-20)', lineHeight: '28px', fontWeight: 600 }}>20 Title of a page</p>
        <p style={{ fontSize: 'var(--text-16)', lineHeight: '24px', fontWeight: 600 }}>
          16 Title of a dialog
        </p>
        <p style={{ fontSize: 'var(--text-14)', lineHeight: '21px' }}>
          14 Words to read and to say to a customer
        </p>
        <p>13 Everything else: “Parcel is three days late”, £1,204.50, 14:05</p>
        <p style={{ fontSize: 'var(--text-12)', color: 'var(--ink-2)' }}>12 Second lines, labels, ages</p>
      </DesignSection>
      <DesignSection title="Three meanings, each with its shape">
        <div className={styles.row}>
          <MeaningTag meaning="good">Likely to stay</MeaningTag>
          <MeaningTag meaning="watch">May leave</MeaningTag>
          <MeaningTag meaning="act">Likely to leave</MeaningTag>
          <MeaningTag meaning="neutral">Not asked</MeaningTag>
          <MeaningMark meaning="good" label="Good" />
          <MeaningMark meaning="watch" label="Watch" />
          <MeaningMark meaning="act" label="Act" />
        </div>
      </DesignSection>
      <DesignSection title="Buttons">
        <div className={styles.row}>
          <Button look="primary">
            <Check size={15} strokeWidth={2.2} />
            Yes <Kbd tone="on-accent">Y</Kbd>
          </Button>
          <Button>
            No <Kbd>N</Kbd>
          </Button>
          <Button look="quiet">Quiet</Button>
          <Button disabled>Disabled</Button>
          <Button size="small">Small</Button>
          <IconButton label="Inbox">
            <Inbox size={18} strokeWidth={1.6} />
          </IconButton>
          <Tip text="deliveryDelayDays is 3">
            <Button look="quiet">With a tip</Button>
          </Tip>
          <ChoicePopover
            title="Why not?"
            choices={CHOICES}
            open={choosing}
            onOpenChange={setChoosing}
            onChoose={() => setChoosing(false)}
          >
            <Button>Choose</Button>
          </ChoicePopover>
          <Button onClick={() => setModal(true)}>Dialog</Button>
          <Segmented label="View" value={view} options={VIEWS} onChange={setView} />
        </div>
        <Modal
          open={modal}
          onClose={() => setModal(false)}
          title="A dialog"
          description="The page stays as it was."
        >
          <Button look="primary" onClick={() => setModal(false)}>
            Done
          </Button>
        </Modal>
      </DesignSection>
      <DesignSection title="Bars: words first, the line is what is usual">
        <div className={styles.columns}>
          <Meter value={0.78} baseline={0.38} meaning="act" label="Likely to leave: 78%, usual is 38%" />
          <Meter value={0.44} baseline={0.38} meaning="watch" label="May leave: 44%, usual is 38%" />
          <Meter value={0.12} baseline={0.38} meaning="good" label="Likely to stay: 12%, usual is 38%" />
          <Meter value={0.42} label="42 in 100" />
        </div>
      </DesignSection>
      <DesignSection title="Fields and people">
        <div className={styles.columns}>
          <Field label="E-mail" defaultValue="dana@example.com" />
          <Field label="Password" type="password" aria-invalid defaultValue="secret" />
          <div className={styles.row}>
            <Avatar name="Amara Okafor" size={40} />
            <Avatar name="Jonas Lindqvist" />
            <Avatar name="Mei Sato" />
            <Avatar name="Zofia Kowalska" />
            <Avatar name="Kwame Mensah" size={20} />
          </div>
        </div>
      </DesignSection>
      <DesignSection title="States">
        <div className={styles.columns}>
          <Notice meaning="watch" action={<Button size="small">Try now</Button>}>
            Not live since 14:05. What you see may be old.
          </Notice>
          <Notice meaning="act">That e-mail and password do not belong together.</Notice>
          <Notice meaning="good">Delivered</Notice>
          <div className={styles.skeletons}>
            <Skeleton width="60%" />
            <Skeleton width="84%" />
            <Skeleton width="40%" />
          </div>
        </div>
        <Empty icon={<Mail size={20} strokeWidth={1.5} />} title="No messages yet">
          Open a customer and choose “E-mail” under a suggestion: its message shows here.
        </Empty>
      </DesignSection>
      <DesignSection title="What changed by itself is marked for two seconds">
        <div className={styles.row}>
          <Changed value={String(count)} className={styles.number}>
            {count}
          </Changed>
          <Button size="small" onClick={() => setCount(count + 1)}>
            Change it
          </Button>
        </div>
      </DesignSection>
    </main>
  );
}
