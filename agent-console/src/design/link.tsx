'use client';

import NextLink from 'next/link';
import { useState } from 'react';

type Props = Omit<React.ComponentProps<typeof NextLink>, 'prefetch'>;

/** A way to another page, which is fetched when somebody is about to go there: a page that loads has better things to do. */
export function Link(props: Props): React.ReactNode {
  const [aimed, setAimed] = useState(false);
  return (
    <NextLink
      {...props}
      prefetch={aimed ? null : false}
      onPointerEnter={(event) => {
        setAimed(true);
        props.onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setAimed(true);
        props.onFocus?.(event);
      }}
    />
  );
}
