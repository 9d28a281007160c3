package web

func (s *Server) targetRoutes() {}
