'use client';

import { Image as ImageIcon } from 'lucide-react';
import { IconButton } from '../design/button';
import { download, pictureOf } from './download';

/** Saves the drawing of the section whose heading has the id `of` as a picture. */
export function PngButton({ name, of }: { name: string; of: string }): React.ReactNode {
  const save = async (): Promise<void> => {
    const drawing = document.getElementById(of)?.closest('section')?.querySelector('figure svg');
    if (!(drawing instanceof SVGSVGElement)) return;
    const picture = await pictureOf(drawing);
    if (picture !== null) download(name, picture);
  };
  return (
    <IconButton label="Save as PNG" size="small" onClick={() => void save()}>
      <ImageIcon size={15} strokeWidth={1.6} />
    </IconButton>
  );
}
