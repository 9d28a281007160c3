package web

func (s *Server) accountRoutes() {
	s.get("/unit/{code}", s.switchUnit)
}
