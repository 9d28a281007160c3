package web

func (s *Server) workRoutes() {}
