'use client'
import { createContext, useContext } from 'react'
import type { Labels } from '#domain/sport.ts'

/** What every sport calls its things, by its id: a board holds games of all of them without loading their rules. */
export const SportLabels = createContext<Readonly<Record<string, Labels>>>({})

const NONE: Partial<Labels> = {}
export const useLabels = (sport: string): Partial<Labels> => useContext(SportLabels)[sport] ?? NONE
