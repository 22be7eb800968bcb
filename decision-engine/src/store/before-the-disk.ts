/**
 * For writes that are followed by one that waits for the disk before anybody is told: a server's journal keeps their order,
 * so that one makes them last, too. What the connection's address asks for (`w`, `journal`) is asked for still.
 */
export const BEFORE_THE_DISK = { writeConcern: { journal: false } } as const;
