'use client';

import { useEffect, useRef, useState } from 'react';
import styles from './changed.module.css';
import { classNames } from './class-names';

type Props = {
  /** What is compared. */ value: string;
  children: React.ReactNode;
  className?: string | undefined;
};

/** Marks its content for two seconds when the value changed by itself. */
export function Changed({ value, children, className }: Props): React.ReactNode {
  const before = useRef(value);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (before.current === value) return undefined;
    before.current = value;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), 2000);
    return () => clearTimeout(timer);
  }, [value]);
  return <span className={classNames(className, changed && styles.changed)}>{children}</span>;
}
