import styles from './button.module.css';
import { classNames } from './class-names';

type Look = 'primary' | 'secondary' | 'quiet';

type ButtonProps = React.ComponentProps<'button'> & {
  look?: Look;
  size?: 'regular' | 'small';
  /** As wide as its column. */
  wide?: boolean;
};

/** A push button; `primary` at most once per view. */
export function Button({ look = 'secondary', size, wide, className, ...rest }: ButtonProps): React.ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        styles.button,
        styles[look],
        size === 'small' && styles.small,
        wide && styles.wide,
        className,
      )}
    />
  );
}

type IconButtonProps = Omit<ButtonProps, 'wide' | 'aria-label'> & {
  /** What it does, for ears and on hover. */
  label: string;
};

/** A button that shows only a picture. */
export function IconButton({
  label,
  look = 'quiet',
  size,
  className,
  ...rest
}: IconButtonProps): React.ReactNode {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames(
        styles.button,
        styles[look],
        styles.icon,
        size === 'small' && styles.small,
        className,
      )}
    />
  );
}
