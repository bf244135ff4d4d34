// Julia.
#include "lexer.h"

namespace meridian::rouge {

// Symbols and punctuation outside ASCII (S, Po) in the names of functions and types are taken as
// all that is not ASCII.
const Language kJulia = {"julia jl", "", R"~(
%type ARPACKException AbstractArray AbstractChannel AbstractChar AbstractDict AbstractDisplay
%type AbstractFloat AbstractIrrational AbstractLogger AbstractMatrix AbstractREPL AbstractRNG
%type AbstractRange AbstractSerializer AbstractSet AbstractSparseArray AbstractSparseMatrix
%type AbstractSparseVector AbstractString AbstractUnitRange AbstractVecOrMat AbstractVector
%type AbstractWorkerPool Adjoint Any ArgumentError Array AssertionError Base64DecodePipe
%type Base64EncodePipe BasicREPL Bidiagonal BigFloat BigInt BitArray BitMatrix BitSet BitVector Bool
%type BoundsError BunchKaufman CachingPool CapturedException CartesianIndex CartesianIndices Cchar
%type Cdouble Cfloat Channel Char Cholesky CholeskyPivoted Cint Cintmax_t Clong Clonglong
%type ClusterManager Cmd Colon Complex ComplexF16 ComplexF32 ComplexF64 CompositeException Condition
%type ConsoleLogger Cptrdiff_t Cshort Csize_t Cssize_t Cstring Cuchar Cuint Cuintmax_t Culong
%type Culonglong Cushort Cvoid Cwchar_t Cwstring DataType Date DateFormat DatePeriod DateTime Day
%type DenseArray DenseMatrix DenseVecOrMat DenseVector Diagonal Dict DimensionMismatch Dims
%type DivideError DomainError EOFError Eigen Enum ErrorException Exception ExponentialBackOff Expr
%type FDWatcher Factorization FileMonitor Float16 Float32 Float64 FolderMonitor Function
%type GeneralizedEigen GeneralizedSVD GeneralizedSchur GenericArray GenericDict GenericSet
%type GenericString GitConfig GitRepo GlobalRef HMAC_CTX HTML Hermitian Hessenberg Hour IO IOBuffer
%type IOContext IOStream IPAddr IPv4 IPv6 IdDict IndexCartesian IndexLinear IndexStyle InexactError
%type InitError Int Int128 Int16 Int32 Int64 Int8 Integer InterruptException InvalidStateException
%type Irrational KeyError LAPACKException LDLt LQ LU LinRange LineEditREPL LineNumberNode
%type LinearIndices LoadError LogLevel LowerTriangular MIME Matrix MersenneTwister Method
%type MethodError Microsecond Millisecond Minute Missing MissingException Module Month NTuple
%type NamedTuple Nanosecond Nothing NullLogger Number OrdinalRange OutOfMemoryError OverflowError
%type PackageMode PackageSpec Pair PartialQuickSort Period PermutedDimsArray Pipe PollingFileWatcher
%type PosDefException ProcessExitedException Ptr QR QRPivoted QuoteNode RandomDevice
%type RankDeficientException Rational RawFD ReadOnlyMemoryError Real ReentrantLock Ref Regex
%type RegexMatch RemoteChannel RemoteException RoundingMode SHA1_CTX SHA224_CTX SHA256_CTX
%type SHA2_224_CTX SHA2_256_CTX SHA2_384_CTX SHA2_512_CTX SHA384_CTX SHA3_224_CTX SHA3_256_CTX
%type SHA3_384_CTX SHA3_512_CTX SHA512_CTX SVD Schur Second SegmentationFault Serializer Set
%type SharedArray SharedMatrix SharedVector Signed SimpleLogger SingularException Some
%type SparseMatrixCSC SparseVector StackOverflowError StepRange StepRangeLen StreamREPL StridedArray
%type StridedMatrix StridedVecOrMat StridedVector String StringIndexError SubArray SubString
%type SubstitutionString SymTridiagonal Symbol Symmetric SystemError TCPSocket Task TestSetException
%type Text TextDisplay Time TimePeriod TimeType TimeZone Timer Transpose Tridiagonal Tuple Type
%type TypeError TypeVar UDPSocket UInt UInt128 UInt16 UInt32 UInt64 UInt8 UTC UUID UndefInitializer
%type UndefKeywordError UndefRefError UndefVarError UniformScaling Union UnionAll
%type UnitLowerTriangular UnitRange UnitUpperTriangular Unsigned UpgradeLevel UpperTriangular Val
%type Vararg VecElement VecOrMat Vector VersionNumber WeakKeyDict WeakRef Week WorkerConfig
%type WorkerPool Year
%kw function return module import export if else elseif end for in isa while try catch const local
%kw global using struct finally begin do quote macro where
%builtin true false missing nothing Inf Inf16 Inf32 Inf64 NaN NaN16 NaN32 NaN64 stdout stderr stdin
%builtin devnull pi π ℯ im ARGS C_NULL ENV ENDIAN_BOM VERSION undef LOAD_PATH DEPOT_PATH
name = (?:[\p{L}$+<=>^`|~_]|[^ -~\s])(?:[\p{Word}$+<=>^`|~!"#%&'*,./:;?@\\]|[^ -~\s])*
@root
\n => t
[^\S\n]+ => t
#= => cm +comment
#.*$ => c
[+=*/\\&|$~^%!<>≠≤≥.:?÷-] => o
(function|macro)(\s+) => k nf +function
((?:mutable )?struct|(?:abstract|primitive) type)(\s+) => k nc +type
{%type}\b => kt
(?:local|global|const)\b => kd
(?:{%kw}|mutable struct|abstract type)\b => k
{%builtin}\b => nb
`.*?` => sb
'(?:\\.|\\[0-7]{1,3}|\\x[a-fA-F0-9]{1,2}|\\u[a-fA-F0-9]{1,4}|\\U[a-fA-F0-9]{1,6}|[^\\'\n])' => sc
[IL]?" => s +string
E?" => s +string
\@[\w.]+ => nd
(?:[a-zA-Z_]|[^ -~\s])(?:[a-zA-Z_0-9]|[^ -~\s])*!* => n
[\[\]{}(),;] => x
(\d+(_\d+)+\.\d*|\d*\.\d+(_\d+)+)([eEf][+-]?[0-9]+)? => mf
(\d+\.\d*|\d*\.\d+)([eEf][+-]?[0-9]+)? => mf
\d+(_\d+)+[eEf][+-]?[0-9]+ => mf
\d+[eEf][+-]?[0-9]+ => mf
0b[01]+(_[01]+)* => mb
0o[0-7]+(_[0-7]+)* => mo
0x[a-fA-F0-9]+(_[a-fA-F0-9]+)* => mh
\d+(_\d+)* => mi
@function
{name} => nf -
\([^\s\w{]{1,2}\) => o -
[^\s\w{]{1,2} => o -
@type
{name} => nc -
@comment
[^=#] => cm
#= => cm +
=# => cm -
[=#] => cm
@string
\\([\\abfnrtv"']|\n|N[{].*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|x[a-fA-F0-9]{2}|[0-7]{1,3}) => se
" => s -
\$(\(\w+\))?[-#0 +]*([0-9]+|[*])?(\.([0-9]+|[*]))? => si
[^\\"$]+ => s
["\\$] => s
)~"};

}  // namespace meridian::rouge
