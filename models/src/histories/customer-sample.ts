import { hash32 } from '../features/hash32.js';

/**
 * Which customers are kept when there are more than memory should hold: those whose hash lies below a limit that is
 * halved whenever there are too many. Depends on ids and seed alone, so that it repeats exactly.
 */
export class CustomerSample {
  private limit = 2 ** 32;
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** A fixed number for the customer, evenly spread from 0 to below 2^32. */
  placeOf(customerId: string): number {
    return hash32(`${this.seed}/${customerId}`);
  }

  keeps(place: number): boolean {
    return place < this.limit;
  }

  halve(): void {
    this.limit /= 2;
  }

  /** Share of all customers that is kept. */
  get share(): number {
    return this.limit / 2 ** 32;
  }
}
