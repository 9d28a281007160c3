package store_test
import ("testing";"path/filepath";"time";"fmt";"sync";"ketnap/internal/sqldb";"ketnap/internal/testpg";"ketnap/store";"ketnap/date";"ketnap/org")
func TestZZ(t *testing.T){
 p:=filepath.Join(t.TempDir(),"x.db")
 t0:=time.Now(); s,_:=store.Open(t.Context(),sqldb.Config{Path:p}); fmt.Println("first open",time.Since(t0))
 t0=time.Now(); s2,_:=store.Open(t.Context(),sqldb.Config{Path:p}); fmt.Println("second open",time.Since(t0)); s2.Close()
 t0=time.Now(); s.Write(t.Context(),func(x *store.Tx) error { return x.BulkUnits(t.Context(),province())}); fmt.Println("bulk",time.Since(t0))
 t0=time.Now(); s.Read(t.Context(),func(x *store.Tx) error { _,e:=x.UnitTree(t.Context()); return e}); fmt.Println("tree",time.Since(t0))
 t0=time.Now(); f,e:=s.Doctor(t.Context()); fmt.Println("doctor",time.Since(t0),f,e)
 t0=time.Now(); s.Read(t.Context(),func(x *store.Tx) error { for range 100 { u,e:=x.SearchUnits(t.Context(),"truong thong",[]org.UnitNo{2},20); if e!=nil||len(u)!=20 {return e}}; return nil}); fmt.Println("100 searches",time.Since(t0))
 t0=time.Now(); s.Read(t.Context(),func(x *store.Tx) error { for range 100 { u,e:=x.Units(t.Context(),[]org.UnitNo{9000},"",20); if e!=nil||len(u)==0 {return e}}; return nil}); fmt.Println("100 unit pages of small root",time.Since(t0))
 s.Close()
}
func TestZP(t *testing.T){
 s,_:=store.Open(t.Context(),sqldb.Config{URL:testpg.URL(t),Writers:16}); defer s.Close()
 t0:=time.Now(); if e:=s.Write(t.Context(),func(x *store.Tx) error { return x.BulkUnits(t.Context(),province())}); e!=nil {t.Fatal(e)}; fmt.Println("pg bulk",time.Since(t0))
 var wg sync.WaitGroup
 t0=time.Now()
 for w:=range 16 { wg.Go(func(){ for i:=range 100 {
  e:=s.Write(t.Context(),func(x *store.Tx) error {
   u:=org.UnitNo(4+w*11+i%5)
   line,e:=x.Line(t.Context(),u); if e!=nil {return e}
   var d []store.Delta
   for _,l:=range line { d=append(d,store.Delta{Unit:l,Indicator:"stage:a",Value:-1},store.Delta{Unit:l,Indicator:"stage:b",Value:1}) }
   if e:=x.AddCounters(t.Context(),1,d,w*31+i); e!=nil {return e}
   return x.AppendAudit(t.Context(),store.Entry{Stream:fmt.Sprint(u),At:date.At(t0)})
  }); if e!=nil {t.Error(e)} }}) }
 wg.Wait(); fmt.Println("pg acts/s",1600/time.Since(t0).Seconds())
}
