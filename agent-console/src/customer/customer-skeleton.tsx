import { Skeleton } from '../design/skeleton';
import facts from './customer-facts.module.css';
import header from './customer-header.module.css';
import page from './customer-page.module.css';
import section from './section.module.css';

/** The customer page while it is read, in the sizes of the real one. */
export function CustomerSkeleton(): React.ReactNode {
  return (
    <div>
      <h1 className="sr-only">Customer</h1>
      <div className={header.header} style={{ height: 74 }}>
        <Skeleton width="40px" height={40} radius={20} />
        <div className={header.who} style={{ display: 'grid', gap: 8 }}>
          <Skeleton width="180px" height={16} />
          <Skeleton width="280px" />
        </div>
      </div>
      <div className={facts.facts}>
        {['orders', 'revenue', 'last', 'basket', 'visits', 'support'].map((name) => (
          <div key={name} style={{ display: 'grid', gap: 6, height: 52, alignContent: 'center' }}>
            <Skeleton width="40px" height={10} />
            <Skeleton width="64px" height={14} />
          </div>
        ))}
      </div>
      <div className={page.columns}>
        {['health', 'standing'].map((name) => (
          <div
            key={name}
            className={section.section}
            style={{ display: 'grid', gap: 14, height: 224, alignContent: 'start' }}
          >
            <Skeleton width="60px" height={10} />
            <Skeleton width="70%" />
            <Skeleton height={6} />
            <Skeleton width="82%" />
            <Skeleton width="64%" />
          </div>
        ))}
      </div>
    </div>
  );
}
