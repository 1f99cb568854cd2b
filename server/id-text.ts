import { z } from 'zod'

/** An id that somebody looks up: anything printable, since what is not there is simply not found. A database takes no NUL. */
export const idText = z
  .string()
  .min(1)
  .max(64)
  .refine(value => !/\p{Cc}/u.test(value), 'not an id')
