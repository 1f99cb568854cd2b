export declare function hasBuild(): boolean
export declare function isBuildCurrent(): boolean
