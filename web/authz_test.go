package web

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/meeting"
	"ketnap/watch"
)

var update = flag.Bool("update", false, "write testdata/authz.txt anew; read its diff")

// An example is one request for a route. Words in braces stand for things of a place:
// {unit} its code, {branch} a branch there, {file} a file of that branch, {letter} a
// confirmed letter, {draft} and {waste} drafts that its unit entered, {task} a task that it has,
// {class}, {survey} and {proposal} what the unit holds, asks and proposes, {paper} a paper that was issued for the file, {lending} one of its lendings, {scan} a scan
// of it, {account} an account that serves it and {grant} that account's grant.
type example struct {
	path string
	form string // of a POST, as it is sent
	open bool   // the answer tells nothing of the place: foreign need not be 404
}

// examples has one line for each route of Server.Routes. Forms are such that only the
// gate can refuse them, so that the status tells who may.
var examples = map[string]example{
	"GET /login":     {path: "/login", open: true},
	"POST /login":    {path: "/login", form: "login=nobody&password=x", open: true},
	"POST /language": {path: "/language", form: "lang=vi&back=/", open: true},
	"POST /logout":   {path: "/logout", open: true},

	"GET /{$}":               {path: "/", open: true},
	"GET /account":           {path: "/account", open: true},
	"GET /account/password":  {path: "/account/password", open: true},
	"POST /account/password": {path: "/account/password", form: "old=wrong", open: true},
	"GET /unit/{code}":       {path: "/unit/{unit}", open: true}, // a choice among the own units; others are not taken
	"GET /search":            {path: "/search?q={unit}", open: true},

	"GET /classes":                          {path: "/classes?unit={unit}"},
	"GET /classes/demand":                   {path: "/classes/demand?unit={unit}"},
	"GET /classes/demand.xlsx":              {path: "/classes/demand.xlsx?unit={unit}"},
	"GET /classes/{id}":                     {path: "/classes/{class}"},
	"POST /classes/{id}":                    {path: "/classes/{class}", form: "version=9&title=x&host=committee"},
	"POST /classes/{id}/cancel":             {path: "/classes/{class}/cancel", form: "version=9&reason=x"},
	"POST /classes/{id}/summon":             {path: "/classes/{class}/summon"},
	"GET /classes/{id}/summons":             {path: "/classes/{class}/summons"},
	"GET /classes/{id}/list.xlsx":           {path: "/classes/{class}/list.xlsx"},
	"POST /classes/{id}/learners":           {path: "/classes/{class}/learners", form: "unit={unit}&confirm=1"},
	"POST /classes/{id}/add":                {path: "/classes/{class}/add", form: "unit={unit}&name=Ng"},
	"GET /classes/{id}/sessions":            {path: "/classes/{class}/sessions"},
	"POST /classes/{id}/sessions":           {path: "/classes/{class}/sessions", form: "version=9"},
	"GET /classes/{id}/attendance":          {path: "/classes/{class}/attendance"},
	"POST /classes/{id}/attendance":         {path: "/classes/{class}/attendance", form: "at=2024-10-01-morning"},
	"GET /classes/{id}/attendance/print":    {path: "/classes/{class}/attendance/print"},
	"GET /classes/{id}/marks":               {path: "/classes/{class}/marks"},
	"POST /classes/{id}/marks":              {path: "/classes/{class}/marks", form: "version=9&mark.x.1=5"},
	"GET /classes/{id}/result":              {path: "/classes/{class}/result"},
	"POST /classes/{id}/result":             {path: "/classes/{class}/result", form: "version=9"},
	"POST /classes/{id}/certificates":       {path: "/classes/{class}/certificates"},
	"POST /classes/{id}/certificates/again": {path: "/classes/{class}/certificates/again"},
	"GET /classes/{id}/certificates.pdf":    {path: "/classes/{class}/certificates.pdf"},
	"GET /classes/{id}/report":              {path: "/classes/{class}/report"},
	"POST /classes/{id}/report":             {path: "/classes/{class}/report", form: "version=9&cost=x"},
	"GET /classes/{id}/report.xlsx":         {path: "/classes/{class}/report.xlsx"},
	"GET /classes/register":                 {path: "/classes/register?unit={unit}"},
	"GET /classes/register.xlsx":            {path: "/classes/register.xlsx?unit={unit}"},
	"GET /certificates/{id}":                {path: "/certificates/{certificate}"},
	"POST /certificates/{id}":               {path: "/certificates/{certificate}", form: "mark=replaced"},
	"GET /certificates/{id}/file":           {path: "/certificates/{certificate}/file?format=pdf"},
	"GET /class-surveys/new":                {path: "/class-surveys/new?unit={unit}", open: true}, // a form; what it sends is judged
	"POST /class-surveys":                   {path: "/class-surveys", form: "unit={unit}&kind=awareness&title=x&due=2024-12-01"},
	"GET /class-surveys/{id}":               {path: "/class-surveys/{survey}"},
	"GET /class-surveys/{id}/sheet.xlsx":    {path: "/class-surveys/{survey}/sheet.xlsx"},
	"POST /class-surveys/{id}":              {path: "/class-surveys/{survey}", form: "version=9&due=2024-12-01"},
	"GET /class-surveys/{id}/answer":        {path: "/class-surveys/{survey}/answer?unit={branch}"},
	"POST /class-surveys/{id}/answer":       {path: "/class-surveys/{survey}/answer?unit={branch}", form: "version=0"},
	"POST /class-proposals":                 {path: "/class-proposals", form: "unit={unit}&kind=awareness"},
	"GET /class-proposals/{id}":             {path: "/class-proposals/{proposal}"},
	"GET /class-proposals/{id}/paper":       {path: "/class-proposals/{proposal}/paper"},
	"GET /class-proposals/{id}/sheet.xlsx":  {path: "/class-proposals/{proposal}/sheet.xlsx"},
	"POST /class-proposals/{id}":            {path: "/class-proposals/{proposal}", form: "version=9&title=x"},
	"POST /class-proposals/{id}/decide":     {path: "/class-proposals/{proposal}/decide", form: "version=9&decision=x"},

	"GET /tasks/{id}":  {path: "/tasks/{task}"},
	"POST /tasks/{id}": {path: "/tasks/{task}", form: "version=1&evidence=x"},

	"GET /meetings":               {path: "/meetings?unit={unit}"},
	"GET /meetings.xlsx":          {path: "/meetings.xlsx?unit={unit}"},
	"GET /meetings/new":           {path: "/meetings/new?unit={unit}", open: true}, // a choice among those one may convene
	"POST /meetings/new":          {path: "/meetings/new", form: "unit={unit}&on=2024-10-01"},
	"GET /meetings/{id}":          {path: "/meetings/{meeting}"},
	"POST /meetings/{id}":         {path: "/meetings/{meeting}", form: "version=0"},
	"POST /meetings/{id}/tally":   {path: "/meetings/{meeting}/tally", form: "present=5"},
	"GET /meetings/{id}/agenda":   {path: "/meetings/{meeting}/agenda"},
	"POST /meetings/{id}/agenda":  {path: "/meetings/{meeting}/agenda", form: "version=0&pick=list:none"},
	"GET /meetings/{id}/confirm":  {path: "/meetings/{meeting}/confirm"},
	"POST /meetings/{id}/confirm": {path: "/meetings/{meeting}/confirm", form: "version=0"},
	"POST /meetings/{id}/drop":    {path: "/meetings/{meeting}/drop", form: "version=0&line=0"},
	"GET /meetings/{id}/minutes":  {path: "/meetings/{meeting}/minutes?format=pdf"},
	"POST /meetings/{id}/discard": {path: "/meetings/{meeting}/discard", form: "version=0"},

	"GET /unions":                               {path: "/unions", open: true},
	"GET /unions/campaigns":                     {path: "/unions/campaigns", open: true},
	"GET /unions/campaigns/new":                 {path: "/unions/campaigns/new", open: true},
	"POST /unions/campaigns/new":                {path: "/unions/campaigns/new", form: "unit={unit}&year=2024&symbol=x&issued=2024-10-01&due=2024-11-01"},
	"GET /unions/campaigns/{id}":                {path: "/unions/campaigns/none"},
	"GET /unions/campaigns/{id}/table.xlsx":     {path: "/unions/campaigns/none/table.xlsx"},
	"POST /unions/campaigns/{id}/remind":        {path: "/unions/campaigns/none/remind"},
	"POST /unions/campaigns/{id}/close":         {path: "/unions/campaigns/none/close"},
	"GET /unions/campaigns/{id}/{unit}":         {path: "/unions/campaigns/none/{unit}"},
	"POST /unions/campaigns/{id}/{unit}":        {path: "/unions/campaigns/none/{unit}", form: "version=1&go=save"},
	"POST /unions/campaigns/{id}/{unit}/return": {path: "/unions/campaigns/none/{unit}/return", form: "version=1&why=x"},
	"GET /unions/introductions":                 {path: "/unions/introductions", open: true},
	"GET /unions/introductions.xlsx":            {path: "/unions/introductions.xlsx", open: true},
	"GET /unions/introductions/new":             {path: "/unions/introductions/new?unit={unit}"},
	"POST /unions/introductions/new":            {path: "/unions/introductions/new", form: "unit={unit}&number=1&on=2024-10-01&rows=0"},
	"GET /unions/inbox":                         {path: "/unions/inbox", open: true},
	"POST /unions/inbox/{id}/take":              {path: "/unions/inbox/none/take"},
	"POST /unions/inbox/{id}/decline":           {path: "/unions/inbox/none/decline", form: "reason=x"},
	"GET /unions/movements":                     {path: "/unions/movements", open: true},
	"GET /unions/movements.xlsx":                {path: "/unions/movements.xlsx", open: true},
	"GET /unions/movements/new":                 {path: "/unions/movements/new?unit={unit}"},
	"POST /unions/movements/new":                {path: "/unions/movements/new", form: "unit={unit}&name=x&from=2024-10-01&rows=0"},
	"GET /unions/movements/{id}":                {path: "/unions/movements/none"},
	"GET /unions/sessions":                      {path: "/unions/sessions", open: true},
	"GET /unions/sessions.xlsx":                 {path: "/unions/sessions.xlsx", open: true},
	"GET /unions/sessions/new":                  {path: "/unions/sessions/new", open: true},
	"POST /unions/sessions/new":                 {path: "/unions/sessions/new", form: "unit={unit}&on=2024-10-01&chair=x&rows=0"}, // 422: no union is there
	"POST /unions/sessions/rule":                {path: "/unions/sessions/rule", form: "unit={unit}&months=3&source=x"},
	"GET /unions/sessions/{id}":                 {path: "/unions/sessions/none"},
	"POST /unions/sessions/{id}/done":           {path: "/unions/sessions/none/done", form: "conclusion=1&note=x"},
	"GET /unions/criterion":                     {path: "/unions/criterion", open: true},
	"GET /unions/criterion.xlsx":                {path: "/unions/criterion.xlsx", open: true},
	"GET /unions/criterion/{unit}/{year}":       {path: "/unions/criterion/{unit}/2024"},
	"POST /unions/criterion/{unit}/{year}":      {path: "/unions/criterion/{unit}/2024", form: "level=good&by=x&on=2024-10-01"},
	"GET /files/{id}/unions":                    {path: "/files/{file}/unions"},
	"POST /files/{id}/unions":                   {path: "/files/{file}/unions", form: "kind=women_union&on=2024-10-01&agrees=yes"},

	"GET /files":                         {path: "/files?unit={unit}"},
	"GET /files.xlsx":                    {path: "/files.xlsx?unit={unit}"},
	"GET /files/new":                     {path: "/files/new?unit={branch}", open: true},
	"POST /files/new":                    {path: "/files/new", form: "unit={branch}&name=Bùi Thanh Tùng&birth_date=2003-01-02&sex=male&confirm=" + url.QueryEscape("bui thanh tung|2003-01-02|male")},
	"GET /files/{id}":                    {path: "/files/{file}"},
	"GET /files/{id}/acts/{act}":         {path: "/files/{file}/acts/list"},
	"POST /files/{id}/acts/{act}":        {path: "/files/{file}/acts/list", form: "version=2&on=2024-10-01&number=3-NQ/CB"},
	"GET /files/{id}/identity":           {path: "/files/{file}/identity"},
	"POST /files/{id}/identity":          {path: "/files/{file}/identity", form: "version=0&languages=Anh"}, // 422: nothing is asked for so early
	"POST /files/{id}/identity/open":     {path: "/files/{file}/identity/open", form: "reason=verify"},
	"POST /files/{id}/identity/consent":  {path: "/files/{file}/identity/consent", form: "on=2024-10-01&form=written"},
	"GET /files/{id}/identity/readings":  {path: "/files/{file}/identity/readings"},
	"GET /duplicates":                    {path: "/duplicates?unit={unit}"},
	"GET /duplicates.xlsx":               {path: "/duplicates.xlsx?unit={unit}"},
	"GET /admin/religions":               {path: "/admin/religions", open: true},
	"POST /admin/religions":              {path: "/admin/religions", form: "code=moi&name=x&from=2024-10-01&reason=x", open: true},
	"GET /files/late":                    {path: "/files/late?unit={unit}"},
	"GET /files/admitted":                {path: "/files/admitted?unit={unit}&year=2024"},
	"GET /files/admitted.xlsx":           {path: "/files/admitted.xlsx?unit={unit}&year=2024"},
	"GET /overview":                      {path: "/overview?unit={unit}"},
	"GET /deadlines":                     {path: "/deadlines?unit={unit}"},
	"GET /deadlines.xlsx":                {path: "/deadlines.xlsx?unit={unit}"},
	"GET /reminders":                     {path: "/reminders", open: true},
	"POST /reminders/seen":               {path: "/reminders/seen", form: "id=x", open: true},
	"POST /reminders/choice":             {path: "/reminders/choice", form: "moment=d7", open: true},
	"POST /reminders/feed":               {path: "/reminders/feed", open: true},
	"POST /reminders/feed/names":         {path: "/reminders/feed/names", open: true},
	"POST /reminders/feed/end":           {path: "/reminders/feed/end", open: true},
	"GET /feed/{file}":                   {path: "/feed/x.ics", open: true},
	"GET /admin/jobs":                    {path: "/admin/jobs", open: true},
	"POST /admin/jobs/{id}/retry":        {path: "/admin/jobs/1/retry", open: true},
	"POST /admin/jobs/{id}/drop":         {path: "/admin/jobs/1/drop", open: true},
	"GET /stuck":                         {path: "/stuck?unit={unit}"},
	"GET /stuck.xlsx":                    {path: "/stuck.xlsx?unit={unit}"},
	"GET /forecast":                      {path: "/forecast?unit={unit}"},
	"GET /forecast.xlsx":                 {path: "/forecast.xlsx?unit={unit}"},
	"GET /forecast/simulate":             {path: "/forecast/simulate?unit={unit}"},
	"POST /forecast/graduation":          {path: "/forecast/graduation", form: "unit={unit}&graduation=31/5&from=2024-10-01&reason=x"},
	"GET /table":                         {path: "/table?unit={unit}"},
	"GET /table.xlsx":                    {path: "/table.xlsx?unit={unit}"},
	"POST /table/pin":                    {path: "/table/pin", form: "unit={unit}&on=1&back=/table"},
	"GET /reports":                       {path: "/reports?unit={unit}"},
	"GET /reports/admission":             {path: "/reports/admission?unit={unit}&period=2024"},
	"GET /reports/admission.docx":        {path: "/reports/admission.docx?unit={unit}&period=2024"},
	"GET /reports/admission.pdf":         {path: "/reports/admission.pdf?unit={unit}&period=2024"},
	"GET /reports/admission.xlsx":        {path: "/reports/admission.xlsx?unit={unit}&period=2024"},
	"GET /reports/source":                {path: "/reports/source?unit={unit}&period=2024"},
	"GET /reports/source.docx":           {path: "/reports/source.docx?unit={unit}&period=2024"},
	"GET /reports/source.pdf":            {path: "/reports/source.pdf?unit={unit}&period=2024"},
	"GET /reports/source.xlsx":           {path: "/reports/source.xlsx?unit={unit}&period=2024"},
	"GET /reports/class":                 {path: "/reports/class?unit={unit}&period=2024"},
	"GET /reports/class.docx":            {path: "/reports/class.docx?unit={unit}&period=2024"},
	"GET /reports/class.pdf":             {path: "/reports/class.pdf?unit={unit}&period=2024"},
	"GET /reports/class.xlsx":            {path: "/reports/class.xlsx?unit={unit}&period=2024"},
	"GET /reports/union":                 {path: "/reports/union?unit={unit}&period=2024"},
	"GET /reports/union.docx":            {path: "/reports/union.docx?unit={unit}&period=2024"},
	"GET /reports/union.pdf":             {path: "/reports/union.pdf?unit={unit}&period=2024"},
	"GET /reports/union.xlsx":            {path: "/reports/union.xlsx?unit={unit}&period=2024"},
	"GET /ratings":                       {path: "/ratings?unit={unit}&year=2024"},
	"GET /ratings.xlsx":                  {path: "/ratings.xlsx?unit={unit}&year=2024"},
	"GET /ratings/{unit}/{year}":         {path: "/ratings/{unit}/2024"},
	"GET /ratings/{unit}/{year}/source":  {path: "/ratings/{unit}/2024/source"},
	"POST /ratings/{unit}/{year}/source": {path: "/ratings/{unit}/2024/source", form: "has_source=yes&has=yes&reason=còn người đủ điều kiện"},

	"GET /source":                                    {path: "/source?unit={unit}&period=2024"},
	"GET /source.xlsx":                               {path: "/source.xlsx?unit={unit}&period=2024"},
	"GET /source/due":                                {path: "/source/due?unit={unit}&period=2024"},
	"GET /source/due.xlsx":                           {path: "/source/due.xlsx?unit={unit}&period=2024"},
	"GET /source/{unit}/{period}":                    {path: "/source/{unit}/2024"},
	"POST /source/{unit}/{period}":                   {path: "/source/{unit}/2024", form: "seq=0"},
	"GET /gatherings":                                {path: "/gatherings?unit={unit}"},
	"GET /gatherings.xlsx":                           {path: "/gatherings.xlsx?unit={unit}"},
	"GET /gatherings/new":                            {path: "/gatherings/new?unit={unit}"},
	"POST /gatherings/new":                           {path: "/gatherings/new", form: "unit={unit}"},
	"GET /gatherings/{id}":                           {path: "/gatherings/{gathering}"},
	"GET /gatherings/{id}/edit":                      {path: "/gatherings/{gathering}/edit"},
	"POST /gatherings/{id}/edit":                     {path: "/gatherings/{gathering}/edit", form: "version=0"},
	"POST /gatherings/{id}/void":                     {path: "/gatherings/{gathering}/void", form: "version=0"},
	"POST /gatherings/{id}/conclusions/{conclusion}": {path: "/gatherings/{gathering}/conclusions/{conclusion}", form: "done=1"},
	"GET /obstacles":                                 {path: "/obstacles?unit={unit}"},
	"GET /obstacles.xlsx":                            {path: "/obstacles.xlsx?unit={unit}"},
	"GET /obstacles/new":                             {path: "/obstacles/new?unit={unit}"},
	"POST /obstacles/new":                            {path: "/obstacles/new", form: "unit={unit}"},
	"GET /obstacles/{id}":                            {path: "/obstacles/{obstacle}"},
	"POST /obstacles/{id}":                           {path: "/obstacles/{obstacle}", form: "seq=0"},
	"GET /stuck/aside":                               {path: "/stuck/aside?file={file}"},
	"POST /stuck/aside":                              {path: "/stuck/aside", form: "file={file}"},
	"POST /stuck/take-up":                            {path: "/stuck/take-up", form: "file={file}"},
	"GET /files/{id}/helper":                         {path: "/files/{file}/helper"},
	"POST /files/{id}/helper":                        {path: "/files/{file}/helper", form: "on=2024-10-01"},

	"GET /files/{id}/papers":                   {path: "/files/{file}/papers"},
	"GET /files/{id}/papers.xlsx":              {path: "/files/{file}/papers.xlsx"},
	"GET /files/{id}/papers/{code}":            {path: "/files/{file}/papers/6-KNĐ"},
	"POST /files/{id}/papers/{code}":           {path: "/files/{file}/papers/6-KNĐ", form: "version=0"},
	"GET /files/{id}/papers/{code}/draft":      {path: "/files/{file}/papers/6-KNĐ/draft?format=pdf"},
	"POST /files/{id}/papers/{code}/keeping":   {path: "/files/{file}/papers/2-KNĐ/keeping", form: "place=P&keeper=K"},
	"GET /papers/{paper}":                      {path: "/papers/{paper}"},
	"GET /papers/{paper}/file":                 {path: "/papers/{paper}/file?format=pdf"},
	"GET /files/{id}/lendings":                 {path: "/files/{file}/lendings"},
	"POST /files/{id}/lendings":                {path: "/files/{file}/lendings", form: "kind=lent&taker=T"},
	"POST /lendings/{lending}/back":            {path: "/lendings/{lending}/back", form: "back=2024-10-02"},
	"GET /files/{id}/attachments":              {path: "/files/{file}/attachments"},
	"POST /files/{id}/attachments":             {path: "/files/{file}/attachments", form: "code=CN-NTVĐ"},
	"GET /files/{id}/attachments/{scan}":       {path: "/files/{file}/attachments/{scan}"},
	"POST /files/{id}/attachments/{scan}/drop": {path: "/files/{file}/attachments/{scan}/drop"},
	"GET /numbers":                             {path: "/numbers?unit={unit}"},
	"GET /numbers.xlsx":                        {path: "/numbers.xlsx?unit={unit}"},
	"POST /numbers/last":                       {path: "/numbers/last", form: "unit={unit}&kind=CV&last=4"},
	"POST /numbers/term":                       {path: "/numbers/term", form: "unit={unit}&from=2024-10-01"},
	"POST /numbers/head":                       {path: "/numbers/head", form: "unit={unit}&place=P"},

	"GET /board":                   {path: "/board?unit={unit}"},
	"POST /filters":                {path: "/filters", form: "name=n&query=stage=ready", open: true},
	"POST /filters/{filter}":       {path: "/filters/x", form: "do=drop", open: true},
	"GET /keys":                    {path: "/keys", open: true},
	"GET /bulk/helper":             {path: "/bulk/helper?file={file}"},
	"POST /bulk/helper":            {path: "/bulk/helper", form: "file={file}:1&on=2024-10-01&helper=H"},
	"GET /bulk/class":              {path: "/bulk/class?file={file}"},
	"GET /bulk/class.xlsx":         {path: "/bulk/class.xlsx?file={file}"},
	"POST /bulk/class":             {path: "/bulk/class", form: "file={file}"},
	"GET /bulk/list":               {path: "/bulk/list?file={file}"},
	"GET /bulk/list.xlsx":          {path: "/bulk/list.xlsx?file={file}"},
	"GET /registers":               {path: "/registers", open: true},
	"GET /registers/admitted":      {path: "/registers/admitted?unit={unit}&year=2024"},
	"GET /registers/admitted.xlsx": {path: "/registers/admitted.xlsx?unit={unit}&year=2024"},
	"GET /registers/left":          {path: "/registers/left?unit={unit}&year=2024"},
	"GET /registers/left.xlsx":     {path: "/registers/left.xlsx?unit={unit}&year=2024"},
	"GET /registers/lent":          {path: "/registers/lent?unit={unit}&year=2024"},
	"GET /registers/lent.xlsx":     {path: "/registers/lent.xlsx?unit={unit}&year=2024"},
	"GET /registers/uses":          {path: "/registers/uses?unit={unit}&year=2024"},
	"GET /registers/uses.xlsx":     {path: "/registers/uses.xlsx?unit={unit}&year=2024"},

	"GET /files/{id}/verification":         {path: "/files/{file}/verification"},
	"GET /files/{id}/verification/{step}":  {path: "/files/{file}/verification/subject"},
	"POST /files/{id}/verification/{step}": {path: "/files/{file}/verification/subject", form: "version=0&steps=0&relation=father"},
	"GET /verification":                    {path: "/verification?unit={unit}"},
	"GET /verification.xlsx":               {path: "/verification.xlsx?unit={unit}"},
	"POST /verification/remind":            {path: "/verification/remind", form: "unit={unit}&on=2024-10-01&choose={file}/x"},
	"GET /verification/send":               {path: "/verification/send?unit={unit}"},
	"POST /verification/send":              {path: "/verification/send", form: "unit={unit}&on=2024-10-01&file={file}&place=P&way=post&number=1&stamped=on&carried=on"},

	"GET /targets":                            {path: "/targets?unit={unit}&year=2024"},
	"GET /targets.xlsx":                       {path: "/targets.xlsx?unit={unit}&year=2024"},
	"POST /targets/assign-goals":              {path: "/targets/assign-goals", form: "parent={unit}&year=2024&indicator=admission"},
	"GET /admin/units/{code}/close":           {path: "/admin/units/{unit}/close"},
	"POST /admin/units/{code}/close":          {path: "/admin/units/{unit}/close", form: "on=x"},
	"GET /plans":                              {path: "/plans?unit={unit}&year=2024"},
	"GET /plans.xlsx":                         {path: "/plans.xlsx?unit={unit}&year=2024"},
	"GET /plans/{unit}/{year}":                {path: "/plans/{unit}/2024"},
	"GET /plans/{unit}/{year}/plan.xlsx":      {path: "/plans/{unit}/2024/plan.xlsx"},
	"POST /plans/{unit}/{year}/measures":      {path: "/plans/{unit}/2024/measures", form: "text=x&owner=y&due=2024-11-30"},
	"POST /plans/{unit}/{year}/send":          {path: "/plans/{unit}/2024/send", form: "version=0"},
	"POST /plans/{unit}/{year}/answer":        {path: "/plans/{unit}/2024/answer", form: "version=0&do=approve"},
	"POST /measures/{measure}":                {path: "/measures/none", form: "unit={unit}&year=2024&version=1&state=done"},
	"GET /targets/history":                    {path: "/targets/history?unit={unit}"},
	"GET /targets/history.xlsx":               {path: "/targets/history.xlsx?unit={unit}"},
	"POST /targets/history":                   {path: "/targets/history", form: "unit={unit}&year=2024&indicator=admission&figure=3&seen=-1"},
	"GET /targets/grid":                       {path: "/targets/grid?unit={unit}&year=2024"},
	"POST /targets/grid":                      {path: "/targets/grid", form: "unit={unit}&year=2024&do=save"},
	"GET /targets/grid.xlsx":                  {path: "/targets/grid.xlsx?unit={unit}&year=2024"},
	"GET /targets/talk":                       {path: "/targets/talk?unit={unit}&year=2024"},
	"POST /targets/talk":                      {path: "/targets/talk", form: "unit={unit}&year=2024&indicator=admission&kind=proposed&seq=0&at=0&figure=3&reason=x"},
	"GET /targets/talks":                      {path: "/targets/talks?unit={unit}&year=2024"},
	"GET /targets/talks.xlsx":                 {path: "/targets/talks.xlsx?unit={unit}&year=2024"},
	"GET /targets/{unit}/{year}/{indicator}":  {path: "/targets/{unit}/2024/admission"},
	"POST /targets/{unit}/{year}/{indicator}": {path: "/targets/{unit}/2024/admission", form: "min=3&seq=0&reason=x"},

	"GET /documents":                       {path: "/documents", open: true},
	"GET /documents.xlsx":                  {path: "/documents.xlsx", open: true},
	"GET /documents/new":                   {path: "/documents/new?unit={unit}", open: true},
	"POST /documents/new":                  {path: "/documents/new", form: "unit={unit}&text=" + url.QueryEscape(taskLetter)},
	"GET /documents/{id}":                  {path: "/documents/{letter}"},
	"GET /documents/{id}/tasks":            {path: "/documents/{letter}/tasks"},
	"GET /documents/{id}/tasks.xlsx":       {path: "/documents/{letter}/tasks.xlsx"},
	"GET /documents/{id}/fields":           {path: "/documents/{draft}/fields"},
	"POST /documents/{id}/fields":          {path: "/documents/{draft}/fields", form: "version=0"},
	"POST /documents/{id}/proposals":       {path: "/documents/{draft}/proposals", form: "version=1&seq=1&state=accepted"},
	"GET /documents/{id}/proposals/{seq}":  {path: "/documents/{draft}/proposals/1"},
	"POST /documents/{id}/proposals/{seq}": {path: "/documents/{draft}/proposals/1", form: "version=0"},
	"POST /documents/{id}/confirm":         {path: "/documents/{draft}/confirm", form: "version=0"},
	"POST /documents/{id}/discard":         {path: "/documents/{waste}/discard", form: "version=0"},

	"GET /admin":                                   {path: "/admin", open: true},
	"GET /admin/accounts/new":                      {path: "/admin/accounts/new", open: true},
	"POST /admin/accounts":                         {path: "/admin/accounts", form: "login=moi.{unit}&name=x&role=base_office&unit={unit}", open: true}, // 422 beside the field
	"GET /admin/accounts/{id}":                     {path: "/admin/accounts/{account}"},
	"POST /admin/accounts/{id}/grants":             {path: "/admin/accounts/{account}/grants", form: "role=base_office&unit={unit}"},
	"POST /admin/accounts/{id}/grants/{grant}/end": {path: "/admin/accounts/{account}/grants/{grant}/end", form: "last=2024-12-31"},
	"POST /admin/accounts/{id}/disabled":           {path: "/admin/accounts/{account}/disabled", form: "disabled=off"},
	"POST /admin/accounts/{id}/password":           {path: "/admin/accounts/{account}/password"},
	"GET /admin/units":                             {path: "/admin/units", open: true},
	"GET /admin/units/{code}":                      {path: "/admin/units/{unit}"},
	"POST /admin/units/{code}/children":            {path: "/admin/units/{unit}/children", form: "code={unit}.X&name=x&type=branch"},
	"POST /admin/units/{code}/counts":              {path: "/admin/units/{unit}/counts", form: "from=2024-10-01&members=9"},
	"POST /admin/units/{code}/head":                {path: "/admin/units/{unit}/head", form: "head_name=x&head_title=x&head_from=2024-10-01"},
	"GET /admin/settings":                          {path: "/admin/settings", open: true},
	"POST /admin/settings":                         {path: "/admin/settings", form: "id=stuck_months&value=4&from=2024-10-01&reason=x", open: true},

	"GET /rules":                             {path: "/rules", open: true},
	"GET /rules/catalogue":                   {path: "/rules/catalogue", open: true},
	"GET /rules/calendar":                    {path: "/rules/calendar", open: true},
	"GET /rules/sets/{id}":                   {path: "/rules/sets/RS-2021", open: true},
	"GET /rules/changes/new":                 {path: "/rules/changes/new?kind=term", open: true},
	"POST /rules/changes":                    {path: "/rules/changes", form: "kind=term", open: true},
	"GET /rules/changes/{id}":                {path: "/rules/changes/{change}", open: true},
	"GET /rules/changes/{id}/rehearsal.xlsx": {path: "/rules/changes/{change}/rehearsal.xlsx", open: true},
	"POST /rules/changes/{id}/rehearse":      {path: "/rules/changes/{change}/rehearse", open: true},
	"POST /rules/changes/{id}/apply":         {path: "/rules/changes/{change}/apply", form: "version=7", open: true},
	"POST /rules/changes/{id}/drop":          {path: "/rules/changes/{change}/drop", form: "version=7", open: true},
	"POST /rules/redraw":                     {path: "/rules/redraw", open: true},

	"GET /audit":         {path: "/audit?unit={unit}"},
	"POST /audit/verify": {path: "/audit/verify", open: true},
}

// places are where a thing may stand, seen from the unit of the grant.
var places = []string{"own", "below", "foreign", "above"}

// atOf says which unit is which place for a role: a secretary serves the branch D01.B1,
// everybody else its committee D01.
func atOf(role access.Role) (home string, at map[string]string) {
	if role == access.BranchSecretary {
		return "D01.B1", map[string]string{"own": "D01.B1", "foreign": "D01.B2", "above": "D01"}
	}
	return "D01", map[string]string{"own": "D01", "below": "D01.B1", "foreign": "C02", "above": "K01"}
}

// things makes what examples speak of, at each unit.
func (ts *testServer) things(t testing.TB) map[string]map[string]string {
	t.Helper()
	branch := map[string]string{"D01": "D01.B1", "D01.B1": "D01.B1", "D01.B2": "D01.B2", "C02": "C02"}
	of := map[string]map[string]string{}
	change, err := ts.app.DraftRule(t.Context(), app.System("test"), app.NewRuleChange{Kind: app.RuleTerm, Subject: "DL-40", Amount: 20, From: date.Must("2024-11-01"), Document: "15-QĐ/ĐUK", Reason: "x"})
	must(t, err)
	must(t, ts.app.AskRedraw(t.Context(), app.System("test"), "x")) // so that a job waits
	for _, unit := range []string{"K01", "D01", "D01.B1", "D01.B2", "C02"} {
		of[unit] = map[string]string{"unit": unit, "change": change}
		m := of[unit]
		if b := branch[unit]; b != "" {
			m["branch"] = b
			m["file"] = ts.candidate(t, "Trần Thị Lan", b, "2024-08-15").File.ID
			ts.kept(t, m)
		}
		ts.gathered(t, m)
		met, err := ts.app.NewMeeting(t.Context(), app.System("test"), unit, meeting.Sheet{On: "2024-10-01"})
		must(t, err)
		m["meeting"] = met
		ts.classesOf(t, unit, m)
		m["certificate"] = ts.certified(t, unit, m["class"])
		m["letter"] = ts.orders(t, unit, taskLetter)
		for name, symbol := range map[string]string{"draft": "32-CV", "waste": "33-CV"} {
			id, err := ts.app.EnterLetter(t.Context(), app.System("test"), unit, strings.Replace(taskLetter, "31-CV", symbol, 1))
			must(t, err)
			m[name] = id
		}
		login := "nguoi." + strings.ToLower(unit)
		m["account"], _, err = ts.app.CreateAccount(t.Context(), app.System("test"), app.NewAccount{Login: login, Role: access.BaseOffice, Unit: unit})
		must(t, err)
		m["grant"] = ts.idOf(t, login).Grants[0].ID
	}
	p, err := ts.app.Document(t.Context(), app.System("test"), of["K01"]["letter"])
	must(t, err)
	for _, out := range p.Outcomes {
		for _, k := range out.Tasks {
			if m := of[string(k.UnitCode)]; m != nil {
				m["task"] = k.ID
			}
		}
	}
	return of
}

// classesOf asks, proposes and holds a class at a place.
func (ts *testServer) classesOf(t testing.TB, unit string, m map[string]string) {
	t.Helper()
	system := app.System("test")
	var err error
	m["survey"], _, err = ts.app.IssueClassSurvey(t.Context(), system, unit, class.Survey{Kind: class.Awareness, Title: "x", Due: date.Must("2024-12-01")})
	must(t, err)
	m["proposal"], err = ts.app.NewClassProposal(t.Context(), system, unit, class.Awareness, "")
	must(t, err)
	m["class"], _, err = ts.app.LoadClass(t.Context(), system, unit, class.Class{Kind: class.Awareness, Title: "x", Host: class.ByCommittee, State: class.Opened, Number: "1-QĐ", DecidedOn: date.Must("2024-10-01"),
		From: date.Must("2024-11-04"), To: date.Must("2024-11-08"), Place: "x"}, date.Must("2020-01-01"), date.Must("2020-01-01"))
	must(t, err)
}

// gathered holds a gathering at a place and records an obstacle of it.
func (ts *testServer) gathered(t testing.TB, m map[string]string) {
	t.Helper()
	system := app.System("test")
	id, findings, err := ts.app.HoldGathering(t.Context(), system, m["unit"], watch.Gathering{On: date.Must("2024-10-01"), Kind: watch.Thematic, Topic: "Tạo nguồn", Led: "Hoa", Attended: 9,
		Conclusions: []watch.Conclusion{{Text: "x", Owner: "y"}}})
	must(t, err)
	g, err := ts.app.Gathering(t.Context(), system, id)
	must(t, err)
	obstacle, more, err := ts.app.AddObstacle(t.Context(), system, m["unit"], watch.Obstacle{Text: "x", Remedy: "y", Owner: "z", State: watch.Open})
	must(t, err)
	if len(findings)+len(more) > 0 {
		t.Fatal(findings, more)
	}
	m["gathering"], m["conclusion"], m["obstacle"] = id, g.Conclusions[0].ID, obstacle
}

// kept issues a paper of a place's file, lends the file and keeps a scan of it.
func (ts *testServer) kept(t testing.TB, m map[string]string) {
	t.Helper()
	system, file := app.System("test"), m["file"]
	f, err := ts.app.File(t.Context(), system, file)
	must(t, err)
	paper, err := ts.app.IssuePaper(t.Context(), system, file, "CV-CHS", app.PaperAsk{To: "Đảng ủy Khối doanh nghiệp"}, f.File.Version)
	must(t, err)
	must(t, ts.app.Lend(t.Context(), system, file, app.Lending{Kind: app.Lent, Taker: "T", Reason: "x", On: date.Must("2024-10-01")}))
	lent, err := ts.app.FileLendings(t.Context(), system, file)
	must(t, err)
	must(t, ts.app.SetSetting(t.Context(), system, app.SettingRow{ID: "attachments", Value: app.AttachmentsOn, From: date.Must(firstDay), Reason: "x"}))
	must(t, ts.app.Attach(t.Context(), system, file, app.Attachment{Code: "CN-NTVĐ", Name: "a.pdf", Bytes: []byte("%PDF-1.7")}))
	scans, err := ts.app.Attachments(t.Context(), system, file)
	must(t, err)
	m["paper"], m["lending"], m["scan"] = paper.ID, lent.Rows[0].ID, scans.Rows[0].ID
}

// placed puts the things of a place into a text; ok is false where the place has none.
func placed(text string, things map[string]string) (filled string, ok bool) {
	for name, value := range things {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text, !strings.Contains(text, "{")
}

// TestRights holds who may open what, where: role × route × place → status. A route that
// is new needs its example above, and then a line in the file (go test ./web -run
// TestRights -update).
func TestRights(t *testing.T) {
	t.Parallel()
	routes := newTestServer(t).web.Routes()
	slices.Sort(routes)
	for _, r := range routes {
		if _, ok := examples[r]; !ok {
			t.Errorf("route %q has no example: add one to the table examples in authz_test.go, then run go test ./web -run TestRights -update and read the diff", r)
		}
	}
	for r := range examples {
		if !slices.Contains(routes, r) {
			t.Errorf("example for %q, which is no route any more: take it out of authz_test.go", r)
		}
	}
	if t.Failed() {
		return
	}
	var mu sync.Mutex
	lines := map[string]string{}
	t.Run("roles", func(t *testing.T) {
		for _, role := range access.Roles() {
			t.Run(string(role), func(t *testing.T) {
				t.Parallel()
				mine := rightsOf(t, role, routes)
				mu.Lock()
				defer mu.Unlock()
				maps.Copy(lines, mine)
			})
		}
	})
	compare(t, lines)
}

// rightsOf asks every route at every place as one role, on a store of its own.
func rightsOf(t *testing.T, role access.Role, routes []string) map[string]string {
	ts := newTestServer(t)
	home, at := atOf(role)
	things := ts.things(t)
	for _, name := range []string{"branch", "file", "paper", "lending", "scan"} {
		delete(things[at["above"]], name) // a branch stands above nobody
	}
	c, nobody := ts.as(t, role, home), ts.anonymous(t)
	lines := map[string]string{}
	for _, route := range routes {
		ex := examples[route]
		cells := make([]string, len(places))
		for i, place := range places {
			cells[i] = "-"
			path, ok := placed(ex.path, things[at[place]])
			form, ok2 := placed(ex.form, things[at[place]])
			if at[place] == "" || !ok || !ok2 {
				continue
			}
			status := answerTo(t, c, nobody, route, path, form)
			cells[i] = fmt.Sprint(status)
			if status >= http.StatusInternalServerError {
				t.Errorf("%s asks %s %s: %d", role, route, path, status)
			}
			same := status == http.StatusForbidden && cells[0] == fmt.Sprint(status) // refused whatever the place
			if place == "foreign" && !ex.open && !same && status != http.StatusNotFound {
				t.Errorf("%s asks %s at a foreign unit: %d, want 404", role, route, status)
			}
		}
		lines[route+" "+string(role)] = strings.Join(cells, " ")
	}
	return lines
}

func answerTo(t *testing.T, c, nobody *client, route, path, form string) int {
	t.Helper()
	if strings.HasPrefix(path, "/login") || path == "/logout" {
		c = nobody // these end or change a session
	}
	if strings.HasPrefix(route, "GET ") {
		return c.get(path).status
	}
	values, err := url.ParseQuery(form)
	must(t, err)
	return c.post(path, values).status
}

func compare(t *testing.T, lines map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# route role: " + strings.Join(places, ", ") + "; - where there is no such thing.\n# The secretary serves the branch D01.B1, everybody else its committee D01.\n")
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		b.WriteString(key + ": " + lines[key] + "\n")
	}
	file := filepath.Join("testdata", "authz.txt")
	if *update {
		must(t, os.MkdirAll("testdata", 0o750))
		must(t, os.WriteFile(file, []byte(b.String()), 0o600))
		return
	}
	want, err := os.ReadFile(file)
	must(t, err)
	have, kept := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for _, line := range have {
		if !slices.Contains(kept, line) {
			t.Errorf("not in %s: %s", file, line)
		}
	}
	for _, line := range kept {
		if !slices.Contains(have, line) {
			t.Errorf("no longer so: %s", line)
		}
	}
}
