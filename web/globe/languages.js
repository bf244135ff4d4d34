// The words of a globe in other languages, in the order of words.js.

export { RELEASE as release } from '../base/release.js';

/** @type {Record<string, string[]>} */
export const LANGUAGES = {
  de: [
    'Globus. Pfeiltasten drehen ihn, Plus und Minus zoomen, N und P führen von Station zu Station.', 'Ziehen dreht · Klicken, dann Scrollen zoomt · Darüberfahren nennt den Namen',
    'Ziehen dreht · Scrollen zoomt · Darüberfahren nennt den Namen', 'Seitwärts ziehen dreht · Zwei Finger zoomen · Tippen nennt den Namen', 'Stationen', 'Stationen', 'Länder / Regionen',
    'Vergrößern', 'Verkleinern', 'Zurück zur ersten Ansicht', 'Der Reise folgen', 'Anhalten', 'Vollbild', 'Reise', 'Tempo', 'Von', 'bis', 'Noch keine Stationen.', 'Nicht auf dem Globus', 'Bild speichern',
  ],
  fr: [
    'Globe. Les flèches le tournent, plus et moins zooment, N et P vont d’étape en étape.', 'Glisser pour tourner · Cliquer, puis défiler pour zoomer · Survoler pour le nom',
    'Glisser pour tourner · Défiler pour zoomer · Survoler pour le nom', 'Glisser de côté pour tourner · Pincer pour zoomer · Toucher pour le nom', 'Étapes', 'étapes', 'pays / régions',
    'Zoom avant', 'Zoom arrière', 'Revenir à la première vue', 'Suivre le voyage', 'Pause', 'Plein écran', 'Voyage', 'Vitesse', 'De', 'à', 'Aucune étape.', 'Hors du globe', 'Enregistrer l’image',
  ],
  es: [
    'Globo. Las flechas lo giran, más y menos acercan y alejan, N y P van de parada en parada.', 'Arrastra para girar · Haz clic y desplaza para acercar · Pasa por encima para ver el nombre',
    'Arrastra para girar · Desplaza para acercar · Pasa por encima para ver el nombre', 'Arrastra de lado para girar · Pellizca para acercar · Toca para ver el nombre', 'Paradas', 'paradas', 'países / regiones',
    'Acercar', 'Alejar', 'Volver a la primera vista', 'Seguir el viaje', 'Pausa', 'Pantalla completa', 'Viaje', 'Velocidad', 'De', 'a', 'No hay paradas.', 'No están en el globo', 'Guardar la imagen',
  ],
  it: [
    'Globo. Le frecce lo girano, più e meno ingrandiscono e riducono, N e P vanno di tappa in tappa.', 'Trascina per girare · Clicca, poi scorri per lo zoom · Passa sopra per il nome',
    'Trascina per girare · Scorri per lo zoom · Passa sopra per il nome', 'Trascina di lato per girare · Pizzica per lo zoom · Tocca per il nome', 'Tappe', 'tappe', 'paesi / regioni',
    'Ingrandisci', 'Riduci', 'Torna alla prima vista', 'Segui il viaggio', 'Pausa', 'Schermo intero', 'Viaggio', 'Velocità', 'Dal', 'al', 'Nessuna tappa.', 'Non sul globo', 'Salva l’immagine',
  ],
  pt: [
    'Globo. As setas giram, mais e menos aproximam e afastam, N e P vão de paragem em paragem.', 'Arraste para girar · Clique e role para aproximar · Passe por cima para ver o nome',
    'Arraste para girar · Role para aproximar · Passe por cima para ver o nome', 'Arraste para o lado para girar · Belisque para aproximar · Toque para ver o nome', 'Paragens', 'paragens', 'países / regiões',
    'Aproximar', 'Afastar', 'Voltar à primeira vista', 'Seguir a viagem', 'Pausa', 'Ecrã inteiro', 'Viagem', 'Velocidade', 'De', 'a', 'Não há paragens.', 'Fora do globo', 'Guardar a imagem',
  ],
  zh: [
    '地球仪。方向键转动，加号和减号缩放，N 和 P 依次前往各站。', '拖动旋转 · 点击后滚动缩放 · 悬停查看名称', '拖动旋转 · 滚动缩放 · 悬停查看名称', '横向拖动旋转 · 双指缩放 · 轻点查看名称',
    '站点', '站', '国家／地区', '放大', '缩小', '回到初始视图', '播放行程', '暂停', '全屏', '行程', '速度', '从', '到', '还没有站点。', '不在地球仪上', '保存图片',
  ],
  'zh-hant': [
    '地球儀。方向鍵轉動，加號和減號縮放，N 和 P 依次前往各站。', '拖曳旋轉 · 點擊後捲動縮放 · 停留查看名稱', '拖曳旋轉 · 捲動縮放 · 停留查看名稱', '橫向拖曳旋轉 · 雙指縮放 · 輕觸查看名稱',
    '站點', '站', '國家／地區', '放大', '縮小', '回到最初畫面', '播放行程', '暫停', '全螢幕', '行程', '速度', '從', '到', '還沒有站點。', '不在地球儀上', '儲存圖片',
  ],
  ja: [
    '地球儀。矢印キーで回し、プラスとマイナスで拡大・縮小、N と P で訪問地を順にたどります。', 'ドラッグで回転 · クリックしてからスクロールで拡大 · 重ねると地名', 'ドラッグで回転 · スクロールで拡大 · 重ねると地名', '横にドラッグで回転 · ピンチで拡大 · タップで地名',
    '訪問地', 'か所', 'の国・地域', '拡大', '縮小', '最初の表示に戻る', '旅をたどる', '一時停止', '全画面', '旅', '速さ', 'から', 'まで', '訪問地はまだありません。', '地球儀にない地名', '画像を保存',
  ],
  ar: [
    'كرة أرضية. مفاتيح الأسهم تديرها، زائد وناقص للتكبير والتصغير، N و P للانتقال بين المحطات.', 'اسحب للتدوير · انقر ثم مرّر للتكبير · حوّم لرؤية الاسم', 'اسحب للتدوير · مرّر للتكبير · حوّم لرؤية الاسم', 'اسحب جانبًا للتدوير · باعد بإصبعين للتكبير · انقر لرؤية الاسم',
    'المحطات', 'محطات', 'بلدان / مناطق', 'تكبير', 'تصغير', 'العودة إلى العرض الأول', 'تتبّع الرحلة', 'إيقاف مؤقت', 'ملء الشاشة', 'الرحلة', 'السرعة', 'من', 'إلى', 'لا توجد محطات بعد.', 'ليست على الكرة', 'حفظ الصورة',
  ],
};
