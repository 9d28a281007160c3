package web

func (s *Server) fileRoutes() {}
