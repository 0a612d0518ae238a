CREATE TABLE customer (id INT PRIMARY KEY) ENGINE=InnoDB;

CREATE TABLE parcel (
  id INT NOT NULL PRIMARY KEY,
  weight INT,
  sender INT NOT NULL,
  label VARCHAR(20),
  code CHAR(5),
  price DECIMAL(10,2),
  sent DATETIME,
  state ENUM('new','sent'),
  shelf INT,
  remark VARCHAR(200) CHARACTER SET latin1,
  story TEXT,
  route VARCHAR(300),
  KEY by_shelf (shelf)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4;
