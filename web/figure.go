package web

func (s *Server) figureRoutes() {}
