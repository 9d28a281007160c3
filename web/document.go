package web

func (s *Server) documentRoutes() {}
