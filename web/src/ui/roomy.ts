/** Whether what explains the map may lie open on it: neither a phone, nor one held across. */
export const isRoomy = () => window.innerWidth >= 800 && window.innerHeight >= 640;
