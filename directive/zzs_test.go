package directive
import ("testing";"strings";"time")
func TestStress(t *testing.T){
 for _,s:=range []string{"kết nạp 5 học sinh ","Các trường THPT kết nạp 5 học sinh. ","ĐẢNG ỦY KHỐI\n","1. Ban Tổ chức rà soát.\n","- A, }\n","trước ngày 3/4/2024 ","không được hoàn thành xuất sắc năm 2024 không đạt kế hoạch. ","a ","a. A ","Đ","; Công văn số 1-CV/TU ngày 1/1/2024 của X","I. ","các trường THPT, ","hằng năm ","ngắn\n3/4/24\n\n","(", "các cấp ủy thực hiện; ", "Tăng cường công tác kết nạp đảng viên hằng quý, báo cáo 5; "} {
  for _,pre:=range []string{"","KẾ HOẠCH\n","Kính gửi: A\n\nThực hiện ", "Kính gửi: A\n\n1. ","Kính gửi: A\n\n1. A.\nNơi nhận:\n"} {
  n:=200_000/len(s)
  st:=time.Now(); Read("ĐẢNG CỘNG SẢN VIỆT NAM\n"+pre+strings.Repeat(s,n)); if d:=time.Since(st); d>1500*time.Millisecond { t.Logf("%q %q %v",pre,s,d) }
 }}
}
