import type { Language } from '../../regulation/vocabulary.ts'

/** Words of the scan viewer and of the place scans are dropped. */
const ru = {
  drop: 'Перетащите скан или фото сюда, вставьте из буфера или выберите файл',
  kinds: 'PDF, JPEG, PNG, HEIC, TIFF; можно несколько',
  choose: 'Выбрать файл', camera: 'Сфотографировать', more: 'Добавить', cancel: 'Отменить загрузку', remove: 'Убрать', retry: 'Ещё раз',
  uploading: (name: string, percent: number) => `${name}: ${percent} %`,
  failed: (name: string) => `«${name}» не загрузился`,
  page: (n: number, of: number) => `Страница ${n} из ${of}`,
  next: 'Следующая страница', previous: 'Предыдущая страница', rotate: 'Повернуть', larger: 'Крупнее', smaller: 'Мельче', fit: 'По ширине',
  original: 'Открыть файл', unreadable: 'Эту страницу показать не удалось', notScan: 'Этот файл не показать здесь: откройте его', files: 'Файлы',
  keys: 'Alt и стрелки листают, Alt+R поворачивает, Alt+плюс и Alt+минус меняют размер',
}
export type ScanWords = typeof ru
const kk: ScanWords = {
  drop: 'Скан немесе фотоны осында сүйреп әкеліңіз, буферден қойыңыз немесе файлды таңдаңыз',
  kinds: 'PDF, JPEG, PNG, HEIC, TIFF; бірнешеу болады',
  choose: 'Файлды таңдау', camera: 'Суретке түсіру', more: 'Қосу', cancel: 'Жүктеуді тоқтату', remove: 'Алып тастау', retry: 'Қайтадан',
  uploading: (name, percent) => `${name}: ${percent} %`,
  failed: (name) => `«${name}» жүктелмеді`,
  page: (n, of) => `${of} беттің ${n}-беті`,
  next: 'Келесі бет', previous: 'Алдыңғы бет', rotate: 'Бұру', larger: 'Үлкейту', smaller: 'Кішірейту', fit: 'Ені бойынша',
  original: 'Файлды ашу', unreadable: 'Бұл бетті көрсету мүмкін болмады', notScan: 'Бұл файлды осында көрсету мүмкін емес: оны ашыңыз', files: 'Файлдар',
  keys: 'Alt мен көрсеткілер парақтайды, Alt+R бұрады, Alt+плюс және Alt+минус өлшемін өзгертеді',
}
export const scanWords: Readonly<Record<Language, ScanWords>> = { ru, kk }
